import { closeSync, constants, existsSync, fchownSync, fstatSync, mkdirSync, openSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../../http/refusal.ts'
import type { Account } from '../settings.ts'
import type { Place } from './locate.ts'

const { O_CREAT, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_TRUNC, O_WRONLY } = constants

/** Linux only: names a folder without opening it for reading. Node does not export it. */
const O_PATH = existsSync('/proc/self/fd') ? 0x200000 : 0

/**
 * Opens an ordinary file for reading or writing. The way there is walked folder by folder without following links, so
 * whoever swaps a folder for a link after `locate` looked only makes the call fail. Close what you get.
 */
export function openFile(place: Place, purpose: 'read' | 'write'): number {
  const folder = openFolder(dirname(place.path), purpose === 'write' ? place.owner : undefined)
  try {
    const flags = purpose === 'read' ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC
    const fd = openSync(at(folder, basename(place.path)), flags | O_NOFOLLOW | O_NONBLOCK, 0o644)
    if (!fstatSync(fd).isFile()) {
      closeSync(fd)
      throw new Refusal(400, `not a file: ${place.path}`, 'FILE_NOT_A_FILE')
    }
    if (purpose === 'write') give(fd, place.owner)
    return fd
  } catch (thrown) {
    throw explained(thrown, place.path)
  } finally {
    closeSync(folder.fd)
  }
}

export type Folder = { readonly fd: number; readonly path: string }

/** Opens a folder the same way; missing ones are made when an owner for them is given. Close its `fd`. */
export function openFolder(path: string, maker?: Account): Folder {
  let folder: Folder = { fd: openSync('/', O_PATH | O_DIRECTORY), path: '/' }
  for (const name of path.split('/').filter(Boolean)) {
    const above = folder
    try {
      folder = step(above, name, maker)
    } catch (thrown) {
      throw explained(thrown, path)
    } finally {
      closeSync(above.fd)
    }
  }
  return folder
}

/** A path by which to reach an entry of an open folder. */
export function at(folder: Folder, name: string): string {
  return O_PATH ? `/proc/self/fd/${folder.fd}/${name}` : join(folder.path, name)
}

function step(above: Folder, name: string, maker: Account | undefined): Folder {
  const flags = O_PATH | O_DIRECTORY | O_NOFOLLOW
  const path = join(above.path, name)
  try {
    return { fd: openSync(at(above, name), flags), path }
  } catch (thrown) {
    if (!maker || codeOf(thrown) !== 'ENOENT') throw thrown
  }
  mkdirSync(at(above, name), 0o755)
  const made = openSync(at(above, name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
  give(made, maker)
  return { fd: made, path }
}

function give(fd: number, owner: Account): void {
  if (process.getuid?.() === 0) fchownSync(fd, owner.uid, owner.gid)
}

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
}

const REFUSALS: Record<string, [number, string, string]> = {
  ENOENT: [404, 'file not found', 'FILE_NOT_FOUND'],
  ENOTDIR: [403, 'the path leads through something that is no folder', 'FILE_ACCESS_DENIED'],
  ELOOP: [403, 'the path leads through a link', 'FILE_ACCESS_DENIED'],
  EISDIR: [400, 'that is a folder', 'FILE_NOT_A_FILE'],
  EACCES: [403, 'permission denied', 'FILE_ACCESS_DENIED'],
  EROFS: [403, 'read-only', 'FILE_ACCESS_DENIED'],
  ENXIO: [400, 'not a file', 'FILE_NOT_A_FILE'],
}

/** Turns an error of the file system into the refusal a client knows. */
export function explained(thrown: unknown, path: string): unknown {
  const known = REFUSALS[String(codeOf(thrown))]
  return known ? new Refusal(known[0], `${known[1]}: ${path}`, known[2]) : thrown
}
