import type { OrganizationId } from '../contract/ids.ts'
import { newId } from '../contract/new-id.ts'
import { creditsPeriod } from '../domain/quota.ts'
import type { TopUp } from '../ports/payments.ts'
import type { Transaction } from './sql.ts'

export interface TakenBack {
  id: string
  refundedMicros: number
  /** How many requests were not used yet, and are gone now. */
  requests: number
}

interface Refunded {
  id: string
  due: number
  refunded: string
}

/** Requests that were bought ahead, as the provider of payments tells of them. */
export function topUpStore(transaction: Transaction) {
  return {
    /** Each counts once, however often it is seen. */
    async keep(organizationId: OrganizationId, bought: readonly TopUp[]): Promise<void> {
      await transaction`
        with fresh as (
          insert into everjust.top_ups (id, organization_id, requests, paid_micros, created_at)
          select t.id, ${organizationId}, t.requests, t."paidMicros", t."createdAt"
          from jsonb_to_recordset(${rowsOf(transaction, bought)})
            as t (id text, requests int, "paidMicros" bigint, "createdAt" timestamptz)
          on conflict (id) do nothing
          returning id, requests)
        update everjust.billing_accounts set credits = credits + (select sum(requests) from fresh)
        where organization_id = ${organizationId} and exists (select from fresh)`
    },

    /**
     * What was given back of what was paid takes as large a part of the requests along, as far as they are not used: an
     * entry of the ledger that uses them up, decided on the row that runs reserve theirs on. Each refund once.
     */
    async takeBack(organizationId: OrganizationId, bought: readonly TopUp[]): Promise<TakenBack[]> {
      const refunded = await transaction<Refunded[]>`
        select t.id, s."refundedMicros" as refunded,
          (floor(t.requests * least(1.0, s."refundedMicros"::numeric / t.paid_micros))
            - floor(t.requests * least(1.0, t.refunded_micros::numeric / t.paid_micros)))::int as due
        from everjust.top_ups t
        join jsonb_to_recordset(${rowsOf(transaction, bought)}) as s (id text, "refundedMicros" bigint) on s.id = t.id
        where t.organization_id = ${organizationId} and t.paid_micros > 0 and s."refundedMicros" > t.refunded_micros
        order by t.created_at, t.id
        for update of t`
      if (refunded.length > 0) {
        await transaction`
          insert into everjust.quotas (organization_id, metric, period)
          values (${organizationId}, 'credits', ${creditsPeriod}::date) on conflict do nothing`
      }
      const taken: TakenBack[] = []
      for (const each of refunded) taken.push(await takeBackOne(transaction, organizationId, each))
      return taken
    },
  }
}

async function takeBackOne(
  transaction: Transaction,
  organizationId: OrganizationId,
  { id, due, refunded }: Refunded,
): Promise<TakenBack> {
  const [row] = await transaction<{ requests: number }[]>`
    with door as materialized (
      select q.used + q.reserved as taken from everjust.quotas q
      where q.organization_id = ${organizationId} and q.metric = 'credits' and q.period = ${creditsPeriod}::date
      for no key update),
    back as materialized (
      select least(${due}::bigint, greatest(0, a.credits - door.taken)) as requests
      from door, everjust.billing_accounts a where a.organization_id = ${organizationId}),
    counted as (
      update everjust.quotas q set used = q.used + back.requests from back
      where q.organization_id = ${organizationId} and q.metric = 'credits' and q.period = ${creditsPeriod}::date),
    entry as (
      insert into everjust.ledger (id, organization_id, metric, period, state, reserved, settled, ended_at)
      select ${newId('ledgerEntry')}, ${organizationId}, 'credits', ${creditsPeriod}::date, 'settled', 0, back.requests, now()
      from back where back.requests > 0)
    update everjust.top_ups t set refunded_micros = ${refunded}::bigint, taken_back = t.taken_back + back.requests
    from back where t.id = ${id}
    returning back.requests::int as requests`
  return { id, refundedMicros: Number(refunded), requests: row?.requests ?? 0 }
}

const rowsOf = (transaction: Transaction, bought: readonly TopUp[]) =>
  transaction.json(bought.map((each) => ({ ...each, createdAt: each.createdAt.toISOString() })))
