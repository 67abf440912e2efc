import * as z from 'zod/mini'
import { CallId, GenerationId, ProjectId, VersionId } from './ids.ts'
import { Template } from './project.ts'
import { FileEntry, Sha256 } from './version.ts'

/** A file as it is after a step; null when it is gone. */
export const FileStep = z.object({ path: z.string(), file: z.nullable(FileEntry) })
export type FileStep = z.infer<typeof FileStep>

/** A request to the model: storage keeps it and its reply under the call's id. */
export const RecordedCall = z.object({ id: CallId, request: Sha256 })
export type RecordedCall = z.infer<typeof RecordedCall>

/** One call of a tool; `input` (canonical JSON) and `output` (text) are kept by their digests. */
export const RecordedTool = z.object({
  name: z.string(),
  readOnly: z.boolean(),
  input: Sha256,
  output: Sha256,
  ok: z.boolean(),
  changed: z.int(),
})
export type RecordedTool = z.infer<typeof RecordedTool>

export const RecordedStep = z.object({
  n: z.int(),
  attempt: z.int(),
  calls: z.array(RecordedCall),
  /** What changed since the step before by other hands than the model's: a build, an install, a person. */
  drift: z.array(FileStep),
  /** What no tool could change in this step. */
  locked: z._default(z.array(z.string()), []),
  tools: z.array(RecordedTool),
  changes: z.array(FileStep),
  /** The digest of the manifest of all files after the step. */
  tree: Sha256,
})
export type RecordedStep = z.infer<typeof RecordedStep>

/** Everything that made the files of a generation, in order: enough to make them again without a model. */
export const Recording = z.object({
  format: z.literal(1),
  generationId: GenerationId,
  projectId: ProjectId,
  baseVersionId: z.nullable(VersionId),
  template: z.object({ name: Template, tree: Sha256 }),
  /** The digest of the program that ran the tools. */
  tools: Sha256,
  /** The files that the first step began with. */
  start: Sha256,
  steps: z.array(RecordedStep),
  /** What was asked of the model after the last step: its closing words. */
  closing: z.array(RecordedCall),
})
export type Recording = z.infer<typeof Recording>

export const RecordingPath = z.object({ projectId: ProjectId, generationId: GenerationId })

const Address = z.object({ sha256: Sha256, url: z.string() })

/** Where a recording is read; this address and those of what it names are good for an hour. */
export const RecordingPlace = z.object({ index: z.string() })
export type RecordingPlace = z.infer<typeof RecordingPlace>

const Digests = z._default(z.array(Sha256).check(z.maxLength(500)), [])
/** Inputs and outputs of tools, and contents of the files that changed. */
export const RecordedNames = z.strictObject({ objects: Digests, blobs: Digests })
export const RecordedAddresses = z.object({ objects: z.array(Address), blobs: z.array(Address) })
export type RecordedAddresses = z.infer<typeof RecordedAddresses>

export const RecordedCallPath = z.extend(RecordingPath, { callId: CallId })
export const RecordedCallQuery = z.object({
  from: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(100_000)), 0),
})
/** What the model was asked, and the chunks of its reply; `next` is the chunk that comes after them. */
export const RecordedCallPlaces = z.object({
  request: z.string(),
  chunks: z.array(z.string()),
  next: z.nullable(z.int()),
})
export type RecordedCallPlaces = z.infer<typeof RecordedCallPlaces>

/** Said by a run: objects that its recording names and that are to be stored. */
export const RecordedObjects = z.strictObject({
  objects: z
    .array(
      z.strictObject({
        sha256: Sha256,
        size: z.int().check(z.minimum(0), z.maximum(2 * 1024 * 1024)),
      }),
    )
    .check(z.maxLength(500)),
})
export const RecordingPlaces = z.object({
  uploads: z.array(z.object({ sha256: Sha256, url: z.string(), headers: z.record(z.string(), z.string()) })),
  index: z.object({ get: z.string(), put: z.string() }),
})
