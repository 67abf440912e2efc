import * as z from 'zod/mini'
import type { JobDesk } from '../../../lib/context.ts'
import { GenerationId } from '../../../lib/contract/ids.ts'
import { backoffSeconds, deadlineSeconds, leases, mostAttempts } from '../../../lib/domain/run.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import type { ClaimedRun } from '../../../lib/store/runs.ts'
import { failRun } from '../../../lib/work/end-run.ts'
import { moveLine } from '../../../lib/work/waiting-line.ts'
import { launch } from './launch.ts'

const Payload = z.object({ generationId: GenerationId })

/** Claims the next attempt and launches its runner; an attempt that cannot be launched counts as one of three. */
export async function startGeneration(job: Job, desk: JobDesk): Promise<Outcome> {
  const { generationId } = Payload.parse(job.payload)
  const { mostAtOnce } = desk
  const run = await desk.within(async (stores) => {
    const { runs, events } = stores
    const terms = { leaseSeconds: leases.starting, deadlineSeconds, mostAttempts, mostAtOnce }
    const [claimed] = await Promise.all([runs.claim(generationId, terms), moveLine(stores, mostAtOnce)])
    if (claimed) {
      await events.append(claimed.projectId, {
        type: 'project:generation:progress',
        data: { generationId, progress: { kind: 'phase', phase: 'preparing' } },
      })
    }
    return claimed
  })
  // Ended, not its turn yet, taken by another, or out of attempts: the schedule sees to the last.
  if (!run) return 'done'
  return launch(desk, run).then(
    () => 'done',
    (error: unknown) => giveBack(desk, run, error),
  )
}

async function giveBack(desk: JobDesk, run: ClaimedRun, error: unknown): Promise<Outcome> {
  desk.log('warning', 'a run could not be launched', { generation: run.id, attempt: run.attempt, error })
  if (run.attempt < mostAttempts) {
    await desk.within(({ runs }) => runs.unclaim(run))
    return { again: backoffSeconds(run.attempt), problem: error instanceof Error ? error.message : String(error) }
  }
  await desk.within((stores) => failRun(stores, run, 'sandbox_lost'))
  return 'done'
}
