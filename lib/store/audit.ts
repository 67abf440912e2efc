import type { CallId, OrganizationId } from '../contract/ids.ts'
import type { RecordedAction } from '../contract/recorded-actions.ts'
import type { Action, Principal } from '../domain/access.ts'
import type { Transaction } from './sql.ts'

export interface Deed {
  organizationId: OrganizationId
  /** `billing`: what the provider of payments said, or that it was not paid in time. */
  principal: Principal | 'billing'
  /** What was done; or what was asked for, of what was denied. */
  action: RecordedAction | Action
  subject: string
  requestId: string
  /** Of what is recorded with what it tells of: done. */
  outcome?: 'done' | 'denied'
  /** What else is worth knowing, contents never. */
  detail?: Readonly<Record<string, string | number | boolean | null>>
}

/**
 * Who did what to what; rows are only ever added. Where a call came from is the transaction's to say, and the database
 * chains the entries of an organization.
 */
export function auditStore(transaction: Transaction) {
  return {
    async record({ organizationId, principal, action, subject, requestId, outcome, detail }: Deed): Promise<void> {
      const actor = actorOf(principal)
      await transaction`
        insert into everjust.audit_log (organization_id, actor, action, subject, request_id, outcome, detail)
        values (${organizationId}, ${actor}, ${action}, ${subject}, ${requestId}, ${outcome ?? 'done'},
          ${transaction.json(detail ?? {})})`
    },

    /**
     * Who asked which model, when, and at what cost in microdollars. What was said stands under `contents` in object
     * storage and goes when the project goes; this record stays.
     */
    async recordCall(id: CallId, { contents }: { contents: string }): Promise<void> {
      await transaction`
        insert into everjust.audit_log (organization_id, actor, action, subject, detail)
        select g.organization_id, g.requested_by, 'model.call', c.id, jsonb_build_object(
          'projectId', c.project_id, 'generationId', c.generation_id, 'model', c.model, 'purpose', c.purpose,
          'askedAt', c.created_at, 'status', c.status, 'tokens', c.usage, 'costMicros', c.spent_micros,
          'chargedMicros', c.charged_micros, 'ownKey', g.own_key, 'contents', ${contents}::text)
        from everjust.model_calls c join everjust.generations g on g.id = c.generation_id
        where c.id = ${id}`
    },
  }
}

function actorOf(principal: Deed['principal']): string {
  if (principal === 'billing') return principal
  return principal.kind === 'user' ? principal.userId : (principal.generationId ?? 'run')
}
