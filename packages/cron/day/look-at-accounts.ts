import type { Duty } from '../../../lib/entry/schedule.ts'

/** An event that was never delivered is made good within a day. */
export const lookAtAccounts: Duty = ({ within }) =>
  within(async ({ billing, jobs }) => {
    const unseen = await billing.unseen(1_000)
    for (const organizationId of unseen) {
      const key = `sync-billing:${organizationId}`
      await jobs.enqueue({ kind: 'sync-billing', projectId: null, payload: { organizationId }, key })
    }
    return unseen.length
  })
