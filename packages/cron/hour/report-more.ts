import type { Duty } from '../../../lib/entry/schedule.ts'

/** Requests that are charged one by one are told to the provider of payments, by the job that also looks at the account. */
export const reportMore: Duty = ({ within }) =>
  within(async ({ meterReports, jobs }) => {
    const due = await meterReports.make()
    for (const organizationId of due) {
      const key = `sync-billing:${organizationId}`
      await jobs.enqueue({ kind: 'sync-billing', projectId: null, payload: { organizationId }, key })
    }
    return due.length
  })
