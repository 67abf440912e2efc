import type { FileEntry, fileLimits } from '#lib/contract.ts'
import type { Written } from '#lib/code/draft/draft-shapes.ts'

const limits: typeof fileLimits = { count: 2_000, bytes: 10 * 1024 * 1024, totalBytes: 100 * 1024 * 1024 }

/** What somebody brings in: its path, how large it says it is, and its bytes once they are wanted. */
export interface Offered {
  path: string
  size: number
  /** What it may, where that is known. */
  mode?: FileEntry['mode']
  isLink?: boolean
  bytes: () => Promise<Uint8Array<ArrayBuffer> | null>
}

export type Skip = 'reserved' | 'path' | 'link' | 'large' | 'many' | 'unreadable'

/** What comes in and what does not, each with its reason: nothing is left out in silence. */
export interface Brought {
  files: Written[]
  skipped: { path: string; why: Skip }[]
}

/** Takes what may be a file of a project, within its limits. A folder around a whole project is left off. */
export async function take(offered: readonly Offered[]): Promise<Brought> {
  const top = topOf(offered.filter(({ path }) => !junk.test(path)))
  const brought: Brought = { files: [], skipped: [] }
  let total = 0
  for (const { path, size, mode = '100644', isLink, bytes } of offered) {
    if (junk.test(path)) continue
    const inside = path.slice(top.length)
    const why =
      objection(inside, size) ?? (isLink ? 'link' : null) ?? (brought.files.length >= limits.count ? 'many' : null)
    const tooMuch = total + size > limits.totalBytes
    const read = why || tooMuch ? null : await bytes().catch(() => null)
    if (!read || read.byteLength !== size) {
      brought.skipped.push({ path: inside, why: why ?? (tooMuch ? 'many' : 'unreadable') })
      continue
    }
    total += size
    brought.files.push({ path: inside, bytes: read, mode })
  }
  return brought
}

/** What systems leave lying about, which nobody misses. */
const junk = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/

function objection(path: string, size: number): Skip | null {
  const segments = path.split('/')
  if (segments.includes('.git') || segments.includes('node_modules')) return 'reserved'
  const isOutside = /[\u0000-\u001f\u007f\\]/.test(path) || path.length > 400
  if (isOutside || segments.some((one) => one === '' || one === '.' || one === '..')) return 'path'
  return size > limits.bytes ? 'large' : null
}

/** The folder around everything, where what is in it looks like a whole project and not like a part of one. */
function topOf(offered: readonly Offered[]): string {
  const first = offered[0]?.path ?? ''
  const top = first.slice(0, first.indexOf('/') + 1)
  const isAround = top !== '' && offered.every(({ path }) => path.startsWith(top))
  return isAround && offered.some(({ path }) => root.test(path.slice(top.length))) ? top : ''
}

const root = /^(?:package\.json$|index\.html$|readme|\.gitignore$|src\/)/i
