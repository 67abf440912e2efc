import { lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { isFilePath } from '../../lib/contract/version.ts'

/** Why the model may not use this path, or undefined when it may; the path itself may be given in any form. */
export function refusedPath(project: string, given: string, kind: 'file' | 'folder'): string | undefined {
  const path = relative(project, resolve(project, given))
  if (path === '' && kind === 'folder') return undefined
  if (!isFilePath(path)) return refusal(given)
  const real = realPath(resolve(project, path))
  const inside = real === undefined ? '..' : relative(realpathSync(project), real)
  return isFilePath(inside) || (inside === '' && kind === 'folder') ? undefined : refusal(given)
}

// Where a path leads once every link is followed, also when its last parts do not exist yet; undefined for a dead link.
function realPath(path: string): string | undefined {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
    const above = realPath(dirname(path))
    return above === undefined ? undefined : join(above, basename(path))
  }
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

const refusal = (given: string) =>
  `${given.slice(0, 200)} is not allowed: use paths inside the project, outside of .git and node_modules.`
