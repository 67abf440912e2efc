import * as z from 'zod/mini'
import { Template } from '../../lib/contract/project.ts'
import { FileStep } from '../../lib/contract/recording.ts'
import { FileEntry, Sha256 } from '../../lib/contract/version.ts'

const Call = z.object({
  name: z.string(),
  readOnly: z.boolean(),
  input: z.unknown(),
  /** What it said then. */
  output: z.string(),
  ok: z.boolean(),
})

/** A recorded run to be made again: its files, and each call of a tool with what it said. */
export const ReplayJob = z.object({
  template: Template,
  /** The digest of the files that the first step began with, and these files; null are the template's. */
  start: z.object({ tree: Sha256, files: z.nullable(z.array(FileEntry)) }),
  steps: z.array(
    z.object({
      n: z.int(),
      drift: z.array(FileStep),
      locked: z.array(z.string()),
      tools: z.array(Call),
      changes: z.array(FileStep),
      tree: Sha256,
    }),
  ),
  /** Contents of files that the template does not bring, in base64, by digest. */
  contents: z.record(z.string(), z.string()),
})
export type ReplayJob = z.infer<typeof ReplayJob>

/** One line of what a replay prints. `differs` names files; a call that says the same lines in another order is the same. */
export const ReplayedStep = z.object({
  n: z.int(),
  drift: z.int(),
  calls: z.array(z.object({ name: z.string(), said: z.enum(['same', 'differs']) })),
  tree: z.enum(['same', 'differs']),
  differs: z.array(z.string()),
  /** Whether the next step could begin with the files as they were recorded. */
  goesOn: z.boolean(),
})
export type ReplayedStep = z.infer<typeof ReplayedStep>
