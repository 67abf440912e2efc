import { AuditExportQuery, AuditPage, AuditPath } from '../../../lib/contract/audit.ts'
import { tierTable } from '../../../lib/domain/tiers.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const exportAudit = operation({
  summary: 'Take the audit log along, the oldest entries first, a thousand at a time; that it was taken is recorded',
  path: AuditPath,
  query: AuditExportQuery,
  may: ['audit.export', ofOrganization],
  answers: [200, AuditPage],
  async run({ path: { organizationId }, query, principal, standing, requestId }, { audit, auditLog }) {
    const page = await auditLog.export({ ...query, organizationId })
    if (query.after === undefined)
      await audit.record({ organizationId, principal, action: 'audit.export', subject: organizationId, requestId })
    return { ...page, keptDays: tierTable[standing.tier].auditDays }
  },
})
