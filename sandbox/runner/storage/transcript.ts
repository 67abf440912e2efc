import * as z from 'zod/mini'
import { FileEntry } from '../../../lib/contract/version.ts'
import type { Entry } from '../../../lib/domain/generation.ts'
import { Known } from '../../tools/wire.ts'
import { getObject, putObject } from './objects.ts'

// What stands in the entries was written by the runner itself; only the frame is checked.
const Transcript = z.object({
  history: z.array(z.custom<Entry>((value) => typeof value === 'object' && value !== null && 'kind' in value)),
  /** The files after the last step that changed any, all of them stored; null before the first. */
  checkpoint: z.nullable(z.array(FileEntry)),
  /** How long the generation has worked so far. */
  seconds: z.number(),
  /** The files as the model saw them last. */
  seen: z._default(z.array(Known), []),
})
export type Transcript = z.infer<typeof Transcript>

/** The saved transcript of a generation; a new one when none was saved yet. */
export async function loadTranscript(url: string, asked: Entry & { kind: 'asked' }): Promise<Transcript> {
  const bytes = await getObject(url)
  if (!bytes) return { history: [asked], checkpoint: null, seconds: 0, seen: [] }
  return Transcript.parse(JSON.parse(bytes.toString('utf8')))
}

export const saveTranscript = (url: string, transcript: Transcript) =>
  putObject(url, Buffer.from(JSON.stringify(transcript)))
