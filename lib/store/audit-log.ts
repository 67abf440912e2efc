import { auditExportLimit, type AuditEntry, type AuditQuery } from '../contract/audit.ts'
import type { OrganizationId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

type Wanted = Omit<AuditQuery, 'limit'> & { organizationId: OrganizationId }
type Row = Omit<AuditEntry, 'at' | 'actor' | 'n' | 'names'> & { at: Date; n: string; actor: string }

/** The audit log as it is read. */
export function auditLogStore(transaction: Transaction) {
  return {
    /** The newest first, from the one after `after` on. */
    async list({ after, ...wanted }: Wanted, limit: number): Promise<{ items: AuditEntry[]; next: number | null }> {
      const rows = await transaction<Row[]>`
        ${entries(transaction, wanted)} and (${after ?? null}::bigint is null or n < ${after ?? null}::bigint)
        order by n desc limit ${limit + 1}`
      return page(await named(transaction, wanted.organizationId, rows), limit)
    },

    /** The oldest first, so that digests follow from each other: as many as fit an answer. */
    async export({ after, ...wanted }: Wanted): Promise<{ items: AuditEntry[]; next: number | null }> {
      const rows = await transaction<Row[]>`
        ${entries(transaction, wanted)} and n > ${after ?? 0}::bigint order by n limit ${auditExportLimit + 1}`
      return page(await named(transaction, wanted.organizationId, rows), auditExportLimit)
    },
  }
}

function entries(t: Transaction, { organizationId, action, outcome, actor, subject, from, to }: Omit<Wanted, 'after'>) {
  return t`
    select n, at, actor, action, subject, outcome, origin, request_id as "requestId", detail, digest
    from everjust.audit_log
    where organization_id = ${organizationId} and n is not null
      ${action ? t`and (action = ${action} or starts_with(action, ${`${action}.`}))` : t``}
      ${outcome ? t`and outcome = ${outcome}` : t``}
      ${actor ? t`and actor = ${actor}` : t``}
      ${subject ? t`and starts_with(subject, ${subject})` : t``}
      ${from ? t`and at >= ${from}` : t``}
      ${to ? t`and at < ${to}` : t``}`
}

/** Names are read beside the log, not kept in it: who is gone is an id from then on. */
async function named(transaction: Transaction, organizationId: OrganizationId, rows: Row[]): Promise<AuditEntry[]> {
  const ids = transaction.json([...new Set(rows.map(({ actor }) => actor))])
  const entries = transaction.json(rows.map(({ n }) => n))
  const [people, things] = await Promise.all([
    transaction<Named[]>`
      select id, name from everjust.actors_of(${organizationId}, array(select jsonb_array_elements_text(${ids})))`,
    transaction<Named[]>`
      select id, name from everjust.audit_names(${organizationId},
        array(select n::bigint from jsonb_array_elements_text(${entries}) as n))`,
  ])
  const [actors, subjects] = [people, things].map((rows) => new Map(rows.map(({ id, name }) => [id, name])))
  return rows.map(({ n, at, actor, ...row }) => ({
    ...{ n: Number(n), at: at.toISOString() },
    actor: { id: actor, name: actors?.get(actor) ?? null },
    ...row,
    names: Object.fromEntries([...(subjects ?? [])].filter(([id]) => row.subject.split('/').includes(id))),
  }))
}

interface Named {
  id: string
  name: string
}

function page(items: AuditEntry[], limit: number) {
  const shown = items.slice(0, limit)
  return { items: shown, next: items.length > limit ? (shown.at(-1)?.n ?? null) : null }
}
