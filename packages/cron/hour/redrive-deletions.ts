import type { Duty } from '../../../lib/entry/schedule.ts'

/** Deletions of people and organizations whose job was given up or lost. */
export const redriveDeletions: Duty = ({ within }) =>
  within(async ({ receipts, jobs }) => {
    const forsaken = await receipts.forsaken(50)
    for (const receiptId of forsaken) {
      const key = `delete-account:${receiptId}`
      await jobs.enqueue({ kind: 'delete-account', projectId: null, payload: { receiptId }, key })
    }
    return forsaken.length
  })
