import type { Duty } from '../../../lib/entry/schedule.ts'

/** The sweep asks the provider, so it is a job. */
export const sweepSandboxes: Duty = ({ within }) =>
  within(async ({ jobs }) => {
    await jobs.enqueue({ kind: 'sweep-sandboxes', projectId: null, payload: {}, key: 'sweep-sandboxes' })
    return 1
  })
