import { m } from './messages.ts'
import { Problem, type Api } from '#lib/api.ts'
import { paths, type FileEntry, type ProjectId, type Uploads, type Version, type VersionId } from '#lib/contract.ts'

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
export async function saveFile(api: Api, change: FileChange): Promise<Version | Problem> {
  const { project, parentId, files, path, text, message } = change
  const bytes = new TextEncoder().encode(text)
  const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toHex()
  const entry: FileEntry = { path, sha256, size: bytes.byteLength, mode: modeOf(files, path) }
  const announced = await api.send<Uploads>('POST', paths.uploads(project), { files: [entry] })
  if (announced instanceof Problem) return announced
  for (const { url, headers } of announced.uploads) {
    const sent = await fetch(url, { method: 'PUT', headers, body: bytes }).catch(() => null)
    if (!sent?.ok) return new Problem('unreachable', m.code_not_saved(), m.code_save_again())
  }
  const next = [...files.filter((file) => file.path !== path), entry]
  return api.send<Version>('POST', paths.versions(project), { parentId, message, files: next })
}

/** A program stays one. */
const modeOf = (files: readonly FileEntry[], path: string) => files.find((file) => file.path === path)?.mode ?? '100644'
