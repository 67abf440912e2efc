import { GenerationId } from '../lib/contract/ids.ts'
import { openDataDir } from '../local/stack/data-dir.ts'
import { findSource } from './replay/api.ts'
import { replayInBox } from './replay/box.ts'
import { readRecorded } from './replay/recorded.ts'
import { faultsOfReplies } from './replay/replies.ts'
import { verdictOf } from './replay/verdict.ts'

/**
 * `npm run replay -- <generation>`: makes the files of a recorded run again, step by step, with no call of a model, and
 * says whether they are the same to the byte (exit code 0) or where they differ first (1).
 */
async function main(given: string): Promise<boolean> {
  const generation = GenerationId.safeParse(given)
  if (!generation.success) throw new Error('Say which run: npm run replay -- gen_…')
  const source = await findSource(generation.data)
  const { recording, job, faults } = await readRecorded(source)
  console.log(`${recording.steps.length} recorded steps of ${generation.data} in ${source.projectId}`)
  const [replayed, ofReplies] = await Promise.all([replayInBox(job, openDataDir()), faultsOfReplies(source, recording)])
  const { lines, identical } = verdictOf(recording, replayed, [...faults, ...ofReplies])
  for (const line of lines) console.log(line)
  return identical
}

main(process.argv[2] ?? '').then(
  (identical) => process.exit(identical ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
