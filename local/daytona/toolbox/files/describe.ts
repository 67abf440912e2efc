import { lstatSync, readFileSync, readdirSync, closeSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { Folder } from './open.ts'
import { at, openFolder } from './open.ts'

export type FileEntry = {
  readonly name: string
  readonly path?: string
  readonly isDir: boolean
  readonly size: number
  readonly mode: string
  readonly permissions: string
  readonly owner: string
  readonly group: string
  readonly modTime: string
  readonly modifiedAt: string
}

/** Lists a folder, and below it as many levels as `depth` says. A link is listed as itself, never followed. */
export function listFolder(path: string, depth: number): FileEntry[] {
  const folder = openFolder(path)
  try {
    return entries(folder, { depth, prefix: '' })
  } finally {
    closeSync(folder.fd)
  }
}

function entries(folder: Folder, from: { depth: number; prefix: string }): FileEntry[] {
  return readdirSync(at(folder, '.'), { withFileTypes: true }).flatMap((item) => {
    const stats = lstatSync(at(folder, item.name), { throwIfNoEntry: false })
    if (!stats) return []
    const path = join(from.prefix, item.name)
    const entry = { ...describe(item.name, stats), path }
    if (!item.isDirectory() || from.depth <= 1) return [entry]
    const below = openFolder(join(folder.path, item.name))
    try {
      return [entry, ...entries(below, { depth: from.depth - 1, prefix: path })]
    } finally {
      closeSync(below.fd)
    }
  })
}

/** What a client learns of one file. */
export function describe(name: string, stats: Stats): FileEntry {
  const bits = (stats.mode & 0o777).toString(8).padStart(4, '0')
  return {
    name,
    isDir: stats.isDirectory(),
    size: stats.size,
    mode: bits,
    permissions: bits,
    owner: nameOf('/etc/passwd', stats.uid),
    group: nameOf('/etc/group', stats.gid),
    modTime: stats.mtime.toString(),
    modifiedAt: stats.mtime.toISOString(),
  }
}

function nameOf(table: string, id: number): string {
  const row = readFileSync(table, 'utf8')
    .split('\n')
    .find((line) => line.split(':')[2] === String(id))
  return row?.split(':')[0] ?? String(id)
}
