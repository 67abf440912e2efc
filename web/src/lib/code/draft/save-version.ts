import { Problem, type Api } from '#lib/api.ts'
import {
  projectPaths,
  type FileEntry,
  type ProjectId,
  type Uploads,
  type Version,
  type VersionId,
} from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import type { Written } from './draft-shapes.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface Commit {
  project: ProjectId
  parentId: VersionId | null
  message: string
  /** Files that are stored already. */
  stored: readonly FileEntry[]
  written: readonly Written[]
  imported?: boolean
  /** Where it is given up, nothing is committed. */
  signal?: AbortSignal
  /** How many files of how many have arrived. */
  onprogress?: (done: number, of: number) => void
}

const batchSize = 500
const atOnce = 6

/** Saves files as the next version, by the one way in: announce, upload what is missing, commit. */
export async function saveVersion(api: Api, commit: Commit): Promise<Version | Problem> {
  const { project, parentId, message, stored, written, imported = false, signal } = commit
  const announced = await Promise.all(
    written.map(async ({ path, bytes, mode }) => ({
      bytes,
      entry: { path, sha256: await digest(bytes), size: bytes.byteLength, mode },
    })),
  )
  let done = 0
  for (let at = 0; at < announced.length; at += batchSize) {
    const batch = announced.slice(at, at + batchSize)
    const answer = await api.send<Uploads>('POST', projectPaths.uploads(project), {
      files: batch.map(({ entry }) => entry),
    })
    if (answer instanceof Problem) return answer
    const onarrived = () => commit.onprogress?.(++done, announced.length)
    const arrived = await sendAll(answer.uploads, batch, { onarrived, ...(signal && { signal }) })
    if (!arrived || signal?.aborted) return new Problem('unreachable', m.code_not_saved(), m.code_save_again())
    commit.onprogress?.((done = Math.min(at + batchSize, announced.length)), announced.length)
  }
  const files = [...stored, ...announced.map(({ entry }) => entry)]
  const body = { parentId, message, files, ...(imported && { imported }) }
  return api.send<Version>('POST', projectPaths.versions(project), body)
}

type Announced = { bytes: Bytes; entry: FileEntry }

interface Sending {
  onarrived: () => void
  signal?: AbortSignal
}

async function sendAll(uploads: Uploads['uploads'], batch: readonly Announced[], { onarrived, signal }: Sending) {
  const waiting = uploads.values()
  const sender = async () => {
    for (const { sha256, url, headers } of waiting) {
      const bytes = batch.find(({ entry }) => entry.sha256 === sha256)?.bytes
      const put: RequestInit = { method: 'PUT', headers, body: bytes ?? null, ...(signal && { signal }) }
      const sent = bytes && (await fetch(url, put).catch(() => null))
      if (!sent?.ok) return false
      onarrived()
    }
    return true
  }
  const ended = await Promise.all(Array.from({ length: atOnce }, sender))
  return ended.every(Boolean)
}

const digest = async (bytes: Bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toHex()
