import * as z from 'zod/mini'
import { ProjectId, VersionId } from './ids.ts'
import { Instant } from './page.ts'
import { FilePath } from './version.ts'

export const CodePath = z.object({ projectId: ProjectId })
export const LockPath = z.object({ projectId: ProjectId, path: FilePath })

export const mostLocks = 200

/** A file that no run may change. */
export const FileLock = z.object({ path: z.string(), createdAt: Instant })
export type FileLock = z.infer<typeof FileLock>
export const FileLocks = z.object({ items: z.array(FileLock) })
export type FileLocks = z.infer<typeof FileLocks>

const Flag = z._default(z.enum(['true', 'false']), 'false')

/** What to look for in the files of a version; without one, in the current. `include` are globs with commas between. */
export const SearchQuery = z.object({
  q: z.string().check(z.minLength(1), z.maxLength(200)),
  version: z.optional(VersionId),
  case: Flag,
  word: Flag,
  regexp: Flag,
  include: z._default(z.string().check(z.maxLength(200)), ''),
})

export const Match = z.object({
  /** Both count from 1. */
  line: z.int(),
  column: z.int(),
  length: z.int(),
  /** The line, or of a long one what is around the match, which begins at `start` of it. */
  text: z.string(),
  start: z.int(),
})
export type Match = z.infer<typeof Match>

export const Found = z.object({
  files: z.array(z.object({ path: z.string(), matches: z.array(Match) })),
  /** Why not everything was looked at or shown: too many matches, too much to read, or too little time. */
  partial: z.nullable(z.enum(['matches', 'bytes', 'time'])),
})
export type Found = z.infer<typeof Found>
