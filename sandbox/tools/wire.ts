import * as z from 'zod/mini'
import { FileEntry, FileMode, FilePath, Sha256 } from '../../lib/contract/version.ts'

/** A file as the model saw it last. */
export const Known = z.object({ path: FilePath, sha256: Sha256 })
export type Known = z.infer<typeof Known>
const Written = z.object({ path: FilePath, mode: FileMode, base64: z.string() })

/** What the runner may ask of the tool host. Paths are relative to the project. */
export const Ask = z.discriminatedUnion('op', [
  z.object({ op: z.literal('snapshot'), of: z.enum(['project', 'template']) }),
  z.object({ op: z.literal('read'), path: FilePath, of: z.optional(z.enum(['project', 'template'])) }),
  z.object({ op: z.literal('write'), files: z.array(Written) }),
  z.object({ op: z.literal('copy'), paths: z.array(FilePath) }),
  z.object({ op: z.literal('remove'), paths: z.array(z.string()) }),
  z.object({ op: z.literal('modules') }),
  z.object({ op: z.literal('scripts') }),
  z.object({ op: z.literal('script'), name: z.string(), seconds: z.number() }),
  z.object({ op: z.literal('learn'), files: z.array(Known) }),
  z.object({ op: z.literal('use'), tool: z.string(), input: z.unknown(), readOnly: z.optional(z.boolean()) }),
])
export type Ask = z.infer<typeof Ask>

/** The files of a project: `strays` are paths that a version cannot hold, `over` says which limit is passed. */
export const Snapshot = z.object({
  files: z.array(FileEntry),
  strays: z.array(z.string()),
  over: z.nullable(z.string()),
})
export type Snapshot = z.infer<typeof Snapshot>

export const Change = z.object({
  path: z.string(),
  change: z.enum(['added', 'removed', 'modified']),
  added: z.int(),
  removed: z.int(),
})
export type Change = z.infer<typeof Change>

/** `ran` is false when there was nothing to do. */
export const Ran = z.object({ ran: z.boolean(), ok: z.boolean(), output: z.string(), ms: z.int() })
export type Ran = z.infer<typeof Ran>

/** `seen` are the files whose content the model knows since this call. */
export const Used = z.object({
  ok: z.boolean(),
  output: z.string(),
  changes: z.array(Change),
  seen: z.array(Known).check(z.maxLength(100)),
})
export type Used = z.infer<typeof Used>

/** What comes back of each. The host runs beside generated code, so the runner parses all it says. */
export const answers = {
  snapshot: Snapshot,
  read: z.object({ base64: z.string() }),
  write: z.null(),
  copy: z.null(),
  remove: z.null(),
  modules: Ran,
  scripts: z.record(z.string(), z.string()),
  script: Ran,
  learn: z.null(),
  use: Used,
} as const satisfies Record<Ask['op'], z.ZodMiniType>
export type Answers = { [K in Ask['op']]: z.infer<(typeof answers)[K]> }

export const Question = z.object({ id: z.int(), ask: Ask })
export const Reply = z.union([
  z.object({ id: z.int(), answer: z.unknown() }),
  z.object({ id: z.int(), error: z.string() }),
])
