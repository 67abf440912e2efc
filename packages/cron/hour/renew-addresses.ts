import type { Duty } from '../../../lib/entry/schedule.ts'

/** A sandbox that is in use for a day gets new signed addresses before its old ones run out. */
export const renewAddresses: Duty = ({ within }) =>
  within(async ({ upkeep, jobs }) => {
    const expiring = await upkeep.expiring(50)
    for (const projectId of expiring) {
      await jobs.enqueue({ kind: 'open-sandbox', projectId, payload: { projectId }, key: `open-sandbox:${projectId}` })
    }
    return expiring.length
  })
