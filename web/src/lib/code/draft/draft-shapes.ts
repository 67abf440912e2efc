import type { FileEntry, VersionId } from '#lib/contract.ts'

/** A file whose content is here and may not be stored yet. */
export interface Written {
  path: string
  bytes: Uint8Array<ArrayBuffer>
  mode: FileEntry['mode']
}

/** What is to become of one path. */
export interface Edit {
  path: string
  /** The file of the version that the draft goes out from; null where there is none. */
  base: FileEntry | null
  /** Typed text, a stored file that was moved here, or null: it goes. */
  now: { text: string } | { stored: FileEntry } | null
  /** What a newer version has here, where it cannot stand together with this; null is that it is gone. */
  conflict?: FileEntry | null
}

export interface KeptDraft {
  versionId: VersionId
  edits: readonly Edit[]
  /** Folders that have no file yet. */
  folders: readonly string[]
}

/** A file as the draft would save it. */
export interface DraftFile {
  path: string
  mark: 'new' | 'changed' | 'moved' | null
  size: number
  stored: FileEntry | null
}

/** How an edit reads in a list. */
export function kindOf({ base, now }: Edit): 'new' | 'changed' | 'moved' | 'removed' {
  if (now === null) return 'removed'
  if (base) return 'changed'
  return 'stored' in now ? 'moved' : 'new'
}

export const isConflict = (edit: Edit): edit is Edit & { conflict: FileEntry | null } => edit.conflict !== undefined

export const isSame = (one: FileEntry | null | undefined, other: FileEntry | null | undefined) =>
  one?.sha256 === other?.sha256 && one?.mode === other?.mode
