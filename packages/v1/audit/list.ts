import { AuditPage, AuditPath, AuditQuery } from '../../../lib/contract/audit.ts'
import { tierTable } from '../../../lib/domain/tiers.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const listAudit = operation({
  summary: 'Read the audit log of an organization: who did what to what, from where, and what was denied',
  path: AuditPath,
  query: AuditQuery,
  may: ['audit.read', ofOrganization],
  answers: [200, AuditPage],
  async run({ path: { organizationId }, query: { limit, ...wanted }, standing }, { auditLog }) {
    const page = await auditLog.list({ ...wanted, organizationId }, limit)
    return { ...page, keptDays: tierTable[standing.tier].auditDays }
  },
})
