import type { OperatorDesk } from '../../../lib/context.ts'
import type { ActivePlace } from '../../../lib/store/running.ts'

/** A job ends the runs and keeps what they made: an operator's own role could not write what that takes. */
export const stopRuns = ({ jobs }: OperatorDesk, runs: readonly ActivePlace[]) =>
  Promise.all(
    runs.map(({ id, projectId }) =>
      jobs.enqueue({
        kind: 'stop-generation',
        projectId,
        payload: { generationId: id, cancel: true },
        key: `stop-generation:${id}`,
      }),
    ),
  )
