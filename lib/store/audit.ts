import type { OrganizationId } from '../contract/ids.ts'
import type { Principal } from '../domain/access.ts'
import type { Transaction } from './sql.ts'

interface Deed {
  organizationId: OrganizationId
  principal: Principal
  action: string
  subject: string
  requestId: string
}

/** Who did what to what; rows are only ever added. */
export function auditStore(transaction: Transaction) {
  return {
    async record({ organizationId, principal, action, subject, requestId }: Deed): Promise<void> {
      const actor = principal.kind === 'user' ? principal.userId : (principal.generationId ?? 'run')
      await transaction`
        insert into everjust.audit_log (organization_id, actor, action, subject, request_id)
        values (${organizationId}, ${actor}, ${action}, ${subject}, ${requestId})`
    },
  }
}
