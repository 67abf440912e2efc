/** Object storage as the platform needs it: small objects, and signed addresses for everyone else. */
export interface ObjectStore {
  put(key: string, body: string | Uint8Array<ArrayBuffer>, contentType: string): Promise<void>
  /** Undefined when there is no such object, or it has more bytes than `most`: then it is not read to its end. */
  get(key: string, most?: number): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** The store does it itself; a missing source is a fault. */
  copy(from: string, to: string): Promise<void>
  /** One page of keys under a prefix, in the order of their letters, from after one on; an empty page means nothing is left. */
  list(prefix: string, after?: string): Promise<string[]>
  remove(key: string): Promise<void>
  signGet(key: string, options: { seconds: number; contentType?: string; fileName?: string }): Promise<string>
  /** The holder may put exactly these bytes: storage refuses another digest. */
  signPut(
    key: string,
    options: { seconds: number; sha256?: string },
  ): Promise<{ url: string; headers: Record<string, string> }>
}

/** What is read without a limit of its own: an instance has 256 MB. */
export const mostRead = 32 * 1024 * 1024

export const objectKeys = {
  blob: (projectId: string, sha256: string) => `projects/${projectId}/blobs/${sha256}`,
  manifest: (projectId: string, versionId: string) => `projects/${projectId}/manifests/${versionId}.json`,
  transcript: (projectId: string, generationId: string) => `projects/${projectId}/transcripts/${generationId}.json`,
  modelCall: (projectId: string, callId: string) => `projects/${projectId}/calls/${callId}/`,
  modelRequest: (projectId: string, callId: string) => `projects/${projectId}/calls/${callId}/request.json`,
  modelChunk: (projectId: string, callId: string, n: number) => `projects/${projectId}/calls/${callId}/${n}.json`,
  recorded: (projectId: string, sha256: string) => `projects/${projectId}/recorded/${sha256}`,
  recording: (projectId: string, generationId: string) => `projects/${projectId}/recordings/${generationId}.json`,
  image: (projectId: string, imageId: string) => `projects/${projectId}/images/${imageId}`,
  export: (userId: string, exportId: string, n: number) => `people/${userId}/exports/${exportId}/${n}.zip`,
  archivesOf: (userId: string, exportId: string) => `people/${userId}/exports/${exportId}/`,
  person: (userId: string) => `people/${userId}/`,
  project: (projectId: string) => `projects/${projectId}/`,
} as const
