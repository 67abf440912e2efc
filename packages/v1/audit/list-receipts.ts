import { AuditPath, DeletionReceipts } from '../../../lib/contract/audit.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const listReceipts = operation({
  summary: 'The receipts of what an organization deleted, and the key that they are verified with',
  path: AuditPath,
  may: ['audit.read', ofOrganization],
  answers: [200, DeletionReceipts],
  async run({ path: { organizationId } }, { receipts, liveTickets }) {
    const [items, key] = await Promise.all([receipts.list(organizationId), liveTickets.publicKey()])
    return { items, key }
  },
})
