import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  type BigIntStats,
  type Dirent,
} from 'node:fs'
import { join } from 'node:path'
import { fileLimits, isFilePath, type FileEntry } from '../../lib/contract/version.ts'
import { changesBetween } from './changes.ts'
import type { Change, Snapshot } from './wire.ts'

/** Made anew from the rest, so no part of a version. */
const derived = new Set(['.git', '.vite', 'dist'])
const keptText = 256 * 1024

export interface Seen extends FileEntry {
  stamp: string
  /** For counting changed lines; null when the file is binary or large. */
  text: string | null
}

/** Looks at a folder's files again and again, reading only those that changed since the last time. */
export function openSnapshots(folder: string) {
  let seen = new Map<string, Seen>()
  let latest: Snapshot = { files: [], strays: [], over: null }

  return {
    take,
    changes,
    /** A file as it was at the last look. */
    look: (path: string) => seen.get(path),
  }

  function take(): Snapshot {
    const found: Found = { files: [], strays: [], over: null }
    walk(folder, '', found)
    seen = new Map(found.files.flatMap((path) => asSeen(path, found)))
    const files = [...seen.values()].map(({ path, sha256, size, mode }) => ({ path, sha256, size, mode }))
    latest = { files, strays: found.strays, over: found.over ?? limitPassed(files) }
    return latest
  }

  /** Takes a snapshot and answers what differs from the one before. */
  function changes(): { changes: Change[]; over: string | null } {
    const before = seen
    const { over } = take()
    return { changes: changesBetween(before, seen), over }
  }

  function asSeen(path: string, found: Found): [string, Seen][] {
    const file = tryTo(() => look(join(folder, path), seen.get(path)))
    if (!file) found.strays.push(path)
    if (file === 'too large') found.over = `${path} is larger than ${fileLimits.bytes / 1024 / 1024} MB.`
    return file && file !== 'too large' ? [[path, { ...file, path }]] : []
  }
}
export type Snapshots = ReturnType<typeof openSnapshots>

interface Found {
  files: string[]
  strays: string[]
  over: string | null
}

function walk(folder: string, below: string, found: Found) {
  const entries = tryTo(() => readdirSync(join(folder, below), { withFileTypes: true }))
  if (!entries && below === '') throw new Error(`${folder} cannot be read.`)
  if (!entries) found.strays.push(below)
  for (const entry of entries ?? []) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.name === 'node_modules' || derived.has(path)) continue
    if (found.files.length > fileLimits.count) return
    if (entry.isDirectory() && !entry.isSymbolicLink()) walk(folder, path, found)
    else (isKept(entry, path) ? found.files : found.strays).push(path)
  }
}

// Generated code may take its files away, or close them to us, while we look.
function tryTo<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}

const isKept = (entry: Dirent, path: string) => entry.isFile() && isFilePath(path) && path.length <= 400

// Without following a link, and without waiting on what is no file after all.
function look(file: string, before: Seen | undefined): Omit<Seen, 'path'> | 'too large' | undefined {
  const handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const stat = fstatSync(handle, { bigint: true })
    if (!stat.isFile()) return undefined
    if (stat.size > fileLimits.bytes) return 'too large'
    const stamp = stampOf(stat)
    return before?.stamp === stamp ? before : read(handle, stat, stamp)
  } finally {
    closeSync(handle)
  }
}

function read(handle: number, stat: BigIntStats, stamp: string): Omit<Seen, 'path'> {
  const bytes = readFileSync(handle)
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    mode: stat.mode & 0o100n ? '100755' : '100644',
    stamp,
    text: bytes.length <= keptText && !bytes.includes(0) ? bytes.toString('utf8') : null,
  }
}

const stampOf = ({ ino, size, mode, mtimeNs, ctimeNs }: BigIntStats) => [ino, size, mode, mtimeNs, ctimeNs].join()

function limitPassed(files: readonly FileEntry[]): string | null {
  if (files.length > fileLimits.count) return `The project has more than ${fileLimits.count} files.`
  const total = files.reduce((sum, { size }) => sum + size, 0)
  return total > fileLimits.totalBytes ? `The project is larger than ${fileLimits.totalBytes / 1024 / 1024} MB.` : null
}
