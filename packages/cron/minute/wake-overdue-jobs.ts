import type { Duty } from '../../../lib/entry/schedule.ts'

/** Jobs whose wake-up was lost, whose time has come, or whose worker was killed. */
export const wakeOverdueJobs: Duty = async ({ within, dispatcher }) => {
  const overdue = await within(({ jobs }) => jobs.overdue(50))
  await Promise.allSettled(overdue.map(({ kind, id }) => dispatcher.wake(kind, id)))
  return overdue.length
}
