import type { OrganizationId } from '../contract/ids.ts'
import type { Tier } from '../contract/user.ts'
import type { Settled } from '../domain/billing.ts'
import { keptDays } from '../domain/retention.ts'
import type { IssuedInvoice } from '../ports/payments.ts'
import type { Transaction } from './sql.ts'

/** What an organization was before something about its money changed. */
export interface Before {
  name: string
  tier: Tier
  unpaidSince: Date | null
  /** What payments led to so far. */
  granted: { tier: Tier; seats: number } | null
}

/** What only jobs and schedules write: what is paid for, and until when it holds. */
export function billingRoundStore(transaction: Transaction) {
  return {
    /** Begins a fetch: one that began before it writes nothing any more. */
    async beginSync(organizationId: OrganizationId): Promise<{ turn: number; customerId: string } | undefined> {
      const [row] = await transaction<{ turn: number; customerId: string }[]>`
        update everjust.billing_accounts set sync_turn = sync_turn + 1
        where organization_id = ${organizationId} and customer_id is not null
        returning sync_turn as turn, customer_id as "customerId"`
      return row
    },

    /** How it stood, locked until the end; undefined when a later fetch has begun. */
    async before(organizationId: OrganizationId, turn: number): Promise<Before | undefined> {
      const [row] = await transaction<Before[]>`
        select o.name, o.tier, a.unpaid_since as "unpaidSince", a.granted
        from everjust.billing_accounts a join everjust.organizations o on o.id = a.organization_id
        where a.organization_id = ${organizationId} and a.sync_turn = ${turn}
        for update of a, o`
      return row
    },

    async keep(organizationId: OrganizationId, { current, unpaidSince }: Settled): Promise<void> {
      await transaction`
        update everjust.billing_accounts set
          checkout_at = case when subscription_id is distinct from ${current?.id ?? null} then null else checkout_at end,
          subscription_id = ${current?.id ?? null}, item_id = ${current?.itemId ?? null},
          status = ${current?.status ?? null}, plan = ${current?.plan ?? null}, seats = ${current?.seats ?? null},
          period_end = ${current?.periodEnd ?? null}, ends_at = ${current?.endsAt ?? null},
          unpaid_since = ${unpaidSince}, changing_until = null, synced_at = now()
        where organization_id = ${organizationId}`
    },

    async keepInvoices(organizationId: OrganizationId, invoices: readonly IssuedInvoice[]): Promise<void> {
      for (const { id, number, state, totalMicros, returnedMicros, url, createdAt } of invoices) {
        await transaction`
          insert into everjust.invoices
            (id, organization_id, number, state, total_micros, returned_micros, url, created_at)
          values (${id}, ${organizationId}, ${number}, ${state}, ${totalMicros}, ${returnedMicros}, ${url}, ${createdAt})
          on conflict (id) do update set number = excluded.number, state = excluded.state,
            total_micros = excluded.total_micros, returned_micros = excluded.returned_micros, url = excluded.url`
      }
    },

    /** Nothing that was agreed upon with an enterprise changes by what it pays here. */
    async grant(organizationId: OrganizationId, granted: { tier: Tier; seats: number }): Promise<void> {
      await transaction`
        with known as (
          update everjust.billing_accounts set granted = ${transaction.json(granted)}
          where organization_id = ${organizationId})
        update everjust.organizations set tier = ${granted.tier}, seats = ${granted.seats}
        where id = ${organizationId} and tier <> 'enterprise'`
    },

    /** Who is told about money. */
    async payers(organizationId: OrganizationId): Promise<string[]> {
      const rows = await transaction<{ email: string }[]>`
        select u.email from everjust.memberships m join everjust.users u on u.id = m.user_id
        where m.organization_id = ${organizationId} and m.role in ('owner', 'billing') and u.email is not null
          and u.blocked_at is null
        order by u.email`
      return rows.map(({ email }) => email)
    },

    /** Organizations that owe since before an instant and still have what they do not pay for. */
    async overdue(
      since: Date,
      limit: number,
    ): Promise<(Before & { organizationId: OrganizationId; unpaidSince: Date })[]> {
      return transaction<(Before & { organizationId: OrganizationId; unpaidSince: Date })[]>`
        select o.id as "organizationId", o.name, o.tier, a.unpaid_since as "unpaidSince", a.granted
        from everjust.billing_accounts a join everjust.organizations o on o.id = a.organization_id
        where a.unpaid_since <= ${since} and a.granted->>'tier' <> 'free'
        order by a.unpaid_since
        limit ${limit}
        for update of a, o skip locked`
    },

    /** Accounts that nobody looked at for a day: an event may have been lost. */
    async unseen(limit: number): Promise<OrganizationId[]> {
      const rows = await transaction<{ id: OrganizationId }[]>`
        select organization_id as id from everjust.billing_accounts
        where customer_id is not null and (synced_at is null or synced_at < now() - interval '20 hours')
        order by synced_at nulls first
        limit ${limit}`
      return rows.map(({ id }) => id)
    },

    async forgetEvents(): Promise<number> {
      const { count } = await transaction`
        delete from everjust.billing_events where taken_at < now() - make_interval(days => ${keptDays.paymentEvents})`
      return count
    },
  }
}
