import { chmodSync, cpSync, lstatSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Ask } from './wire.ts'

const modes = { '100644': 0o644, '100755': 0o755 } as const

export const readFile = (project: string, path: string) => ({
  base64: readFileSync(join(project, path)).toString('base64'),
})

/** Writes whole files, making room where something else stood in their way. */
export function writeFiles(project: string, files: (Ask & { op: 'write' })['files']) {
  for (const { path, mode, base64 } of files) {
    const target = makeRoom(project, path)
    writeFileSync(target, Buffer.from(base64, 'base64'))
    chmodSync(target, modes[mode])
  }
  return null
}

/** Copies files of the template into the project. */
export function copyFiles(template: string, project: string, paths: readonly string[]) {
  for (const path of paths) {
    const target = makeRoom(project, path)
    cpSync(join(template, path), target)
    // A template may be read-only; its copies are not.
    chmodSync(target, lstatSync(target).mode & 0o100 ? 0o755 : 0o644)
  }
  return null
}

/** Removes files, and the folders that are empty without them. */
export function removeFiles(project: string, paths: readonly string[]) {
  for (const path of paths) {
    rmSync(join(project, path), { recursive: true, force: true })
    pruneAbove(project, dirname(path))
  }
  return null
}

function pruneAbove(project: string, folder: string) {
  try {
    for (let path = folder; path !== '.'; path = dirname(path)) rmdirSync(join(project, path))
  } catch {
    // Not empty: it stays.
  }
}

function makeRoom(project: string, path: string): string {
  const target = join(project, path)
  let folder = project
  for (const segment of path.split('/').slice(0, -1)) {
    folder = join(folder, segment)
    if (kindOf(folder) !== 'folder') {
      rmSync(folder, { force: true })
      mkdirSync(folder)
    }
  }
  if (kindOf(target) !== 'nothing') rmSync(target, { recursive: true })
  return target
}

function kindOf(path: string): 'folder' | 'other' | 'nothing' {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (!stat) return 'nothing'
  return stat.isDirectory() ? 'folder' : 'other'
}
