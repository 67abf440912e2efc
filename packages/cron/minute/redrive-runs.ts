import type { FailureCode } from '../../../lib/contract/generation.ts'
import { mostAttempts } from '../../../lib/domain/run.ts'
import type { Duty } from '../../../lib/entry/schedule.ts'
import type { StuckRun } from '../../../lib/store/run-starts.ts'
import { failRun } from '../../../lib/work/end-run.ts'
import { moveLine } from '../../../lib/work/waiting-line.ts'

/** Runs whose job was lost or whose runner went silent go on from their last saved step, or are given up. */
export const redriveRuns: Duty = async ({ within }) => {
  const stuck = await within(({ runs }) => runs.stuck(25))
  for (const run of stuck) {
    const { id, projectId } = run
    const failure = reasonToGiveUp(run)
    await within(async (stores) => {
      if (failure) return void (await failRun(stores, run, failure))
      const payload = { generationId: id }
      await stores.jobs.enqueue({ kind: 'start-generation', projectId, payload, key: `start-generation:${id}` })
    })
  }
  return stuck.length
}

function reasonToGiveUp({ attempt, late }: StuckRun): FailureCode | undefined {
  if (late) return attempt === 0 ? 'platform_fault' : 'out_of_time'
  return attempt >= mostAttempts ? 'sandbox_lost' : undefined
}

/** Places that became free and were taken by nobody, because whoever ended could not say so. */
export const fillPlaces: Duty = ({ within, mostAtOnce }) => within((stores) => moveLine(stores, mostAtOnce))
