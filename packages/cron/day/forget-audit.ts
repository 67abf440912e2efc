import { tierTable } from '../../../lib/domain/tiers.ts'
import type { Duty } from '../../../lib/entry/schedule.ts'

const keptDays = {
  free: tierTable.free.auditDays,
  pro: tierTable.pro.auditDays,
  team: tierTable.team.auditDays,
  enterprise: tierTable.enterprise.auditDays,
}

/** Entries of the audit log that are older than their organization's tier keeps them. */
export const forgetAudit: Duty = async ({ within }) => {
  let gone = 0
  for (const overdue of await within(({ auditLog }) => auditLog.overdue(keptDays, 200))) {
    // One organization a transaction: each holds the head of its chain only while its own are forgotten.
    gone += await within(({ auditLog }) => auditLog.forget(overdue, 5_000))
  }
  return gone
}
