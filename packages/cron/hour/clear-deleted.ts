import type { Duty } from '../../../lib/entry/schedule.ts'

/** Projects that were deleted a day ago and not brought back. */
export const clearDeleted: Duty = ({ within }) =>
  within(async ({ upkeep, jobs }) => {
    const gone = await upkeep.gone(50)
    for (const projectId of gone) {
      await jobs.enqueue({
        kind: 'delete-project',
        projectId,
        payload: { projectId },
        key: `delete-project:${projectId}`,
      })
    }
    return gone.length
  })
