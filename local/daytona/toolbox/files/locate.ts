import { realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { Refusal } from '../../http/refusal.ts'
import type { Account, Settings } from '../settings.ts'

export type Place = {
  /** Absolute, and free of symbolic links when it was looked up. */
  readonly path: string
  /** Who owns what is made there, and whose rights apply. */
  readonly owner: Account
}

/** Read-only parts of every sandbox that links in a project may lead to (shared dependencies). */
const PUBLIC = ['/opt/everjust', '/usr']

const ROOT: Account = { name: 'root', uid: 0, gid: 0, home: '/root' }

/**
 * Finds where a client's path leads. Links that `app` planted may stay inside the areas (and, to read, lead to public
 * files), but never to anything else: 403. A path that does not exist yet is located by its nearest existing folder.
 */
export function locate(settings: Settings, path: string, purpose: 'read' | 'write'): Place {
  if (path.includes('\0')) throw new Refusal(400, 'a path holds no NUL')
  const named = resolve(settings.workDir, path)
  const real = realPath(named)
  const owner = within(settings.areas, real) ? settings.app : ROOT
  const escapes = within(settings.areas, named) && owner === ROOT && !(purpose === 'read' && within(PUBLIC, real))
  if (escapes || (owner === ROOT && !settings.reachesAll)) {
    throw new Refusal(403, `the path leads outside: ${path}`, 'FILE_ACCESS_DENIED')
  }
  return { path: real, owner }
}

/** The path of a link itself, not of what it points to: for deleting and moving. */
export function locateEntry(settings: Settings, path: string): Place {
  const named = resolve(settings.workDir, path)
  const folder = locate(settings, dirname(named), 'write')
  return { path: join(folder.path, basename(named)), owner: folder.owner }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(realPath(parent), basename(path))
  }
}

function within(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`))
}
