import type { CodeDesk } from '#lib/code/desk.svelte.ts'
import { folderOf, nameOf, within } from '#lib/code/paths.ts'

/** What one can do to files and folders from the tree; each is an edit that waits to be saved. */
export interface TreeDeeds {
  /** True when it was moved; otherwise the person was told why not. */
  move(path: string, to: string): boolean
  moveInto(path: string, folder: string): void
  remove(path: string, isFolder: boolean): void
  toggleLock(path: string): void
  /** Asks for the name of a new file or folder below this one. */
  add(folder: string, kind: 'file' | 'folder'): void
}

interface Says {
  /** Why a path cannot be, or null. */
  fault(path: string): string | null
  refused(why: string): void
  removed(path: string, undo: () => void): void
  toggleLock(path: string): void
  add(folder: string, kind: 'file' | 'folder'): void
}

export function treeDeeds({ draft, files }: CodeDesk, says: Says): TreeDeeds {
  const move = (path: string, to: string): boolean => {
    const why = to.startsWith(`${path}/`) ? says.fault('') : says.fault(to)
    if (why !== null) {
      says.refused(why)
      return false
    }
    draft.move(path, to)
    files.renamed(path, to)
    return true
  }
  return {
    ...says,
    move,
    moveInto: (path, folder) => {
      const to = within(folder, nameOf(path))
      if (folderOf(path) !== folder && path !== folder) move(path, to)
    },
    remove: (path, isFolder) => {
      const open = files.paths
      const undo = draft.reversibly(() => (isFolder ? draft.removeFolder(path) : draft.remove(path)))
      for (const one of open) if (one === path || one.startsWith(`${path}/`)) files.close(one)
      says.removed(path, () => void undo())
    },
  }
}
