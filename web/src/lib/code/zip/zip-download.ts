import { Zip } from 'fflate'
import { Problem, type Api } from '#lib/api.ts'
import { projectPaths, type FileEntry, type ProjectId } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import { pack } from './zip-entry.ts'

interface Parcel {
  project: ProjectId
  files: readonly FileEntry[]
  onprogress: (done: number, of: number) => void
}

type Bytes = Uint8Array<ArrayBuffer>

const batchSize = 1_000
const atOnce = 6

/** The files of a version as one zip, put together in this browser as they arrive. */
export async function zipOf(api: Api, { project, files, onprogress }: Parcel): Promise<Blob | Problem> {
  const addresses = await addressesOf(api, project, [...new Set(files.map(({ sha256 }) => sha256))])
  if (addresses instanceof Problem) return addresses
  const parts: Bytes[] = []
  const zip = new Zip((error, part) => !error && parts.push(part as Bytes))
  const waiting = files.values()
  let done = 0
  const packer = async (): Promise<boolean> => {
    for (const file of waiting) {
      const bytes = await fetched(addresses.get(file.sha256))
      if (!bytes) return false
      pack(zip, file, bytes)
      onprogress(++done, files.length)
    }
    return true
  }
  const arrived = await Promise.all(Array.from({ length: atOnce }, packer))
  if (arrived.includes(false)) return new Problem('unreachable', m.code_zip_failed(), m.code_try_later())
  zip.end()
  return new Blob(parts, { type: 'application/zip' })
}

async function addressesOf(api: Api, project: ProjectId, digests: readonly string[]) {
  const found = new Map<string, string>()
  for (let at = 0; at < digests.length; at += batchSize) {
    const sha256 = digests.slice(at, at + batchSize)
    const answer = await api.send<{ downloads: { sha256: string; url: string }[] }>(
      'POST',
      projectPaths.downloads(project),
      {
        sha256,
      },
    )
    if (answer instanceof Problem) return answer
    for (const one of answer.downloads) found.set(one.sha256, one.url)
  }
  return found
}

async function fetched(url: string | undefined): Promise<Bytes | null> {
  const response = url ? await fetch(url).catch(() => null) : null
  const bytes = response?.ok ? await response.arrayBuffer().catch(() => null) : null
  return bytes && new Uint8Array(bytes)
}

/** Hands a file to the person. */
export function handOver(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replaceAll(/^[-.]+|-+$/g, '') || 'project'}.zip`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
