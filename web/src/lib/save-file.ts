import type { Problem } from '#lib/api.ts'
import { type Api } from '#lib/api.ts'
import { saveVersion } from '#lib/code/draft/save-version.ts'
import type { FileEntry, ProjectId, Version, VersionId } from '#lib/contract.ts'

export interface FileChange {
  project: ProjectId
  /** The version that was read, and its files. */
  parentId: VersionId
  files: readonly FileEntry[]
  path: string
  text: string
  message: string
}

/** Saves one file as a new version; refused when somebody saved another version meanwhile. */
export function saveFile(api: Api, change: FileChange): Promise<Version | Problem> {
  const { project, parentId, files, path, text, message } = change
  // A program stays one.
  const mode = files.find((file) => file.path === path)?.mode ?? '100644'
  const stored = files.filter((file) => file.path !== path)
  const written = [{ path, bytes: new TextEncoder().encode(text), mode }]
  return saveVersion(api, { project, parentId, message, stored, written })
}
