import type { Plan } from '../contract/billing.ts'
import type { JobId, OrganizationId, UserId } from '../contract/ids.ts'
import { newId } from '../contract/new-id.ts'
import type { Tier } from '../contract/user.ts'
import type { IssuedInvoice } from '../ports/payments.ts'
import type { OnEnqueued } from './jobs.ts'
import type { Database, Transaction } from './sql.ts'

export interface Account {
  kind: 'personal' | 'team'
  tier: Tier
  /** What the organization has now, whoever pays for it. */
  grantedSeats: number
  members: number
  customerId: string | null
  subscriptionId: string | null
  itemId: string | null
  status: string | null
  plan: Plan | null
  seats: number | null
  periodEnd: Date | null
  endsAt: Date | null
  unpaidSince: Date | null
  seenAt: Date | null
}

interface Owed {
  organizationId: OrganizationId
  name: string
  kind: 'personal' | 'team'
  unpaidSince: Date
}

export interface Checkout {
  turn: number
  at: Date
  /** The page that is open, and may be for something else. */
  id: string | null
}

/** Takes an event of a customer: once, however often it is delivered. The job that is to look, if there is anything to see. */
export function takeBillingEvent(
  database: Database,
  { id, type, customerId }: { id: string; type: string; customerId: string | null },
): Promise<JobId | null> {
  return database.asWorker(async (transaction) => {
    const [row] = await transaction<{ jobId: JobId | null }[]>`
      select everjust.take_billing_event(${id}, ${type}, ${customerId}, ${newId('job')}) as "jobId"`
    return row?.jobId ?? null
  })
}

/** How organizations pay, as requests see and begin it; what was paid for is written by `billingRoundStore`. */
export function billingStore(transaction: Transaction, onEnqueued: OnEnqueued = () => {}) {
  return {
    async find(organizationId: OrganizationId): Promise<Account | undefined> {
      const [row] = await transaction<Account[]>`
        select o.kind, o.tier, o.seats as "grantedSeats", a.customer_id as "customerId",
          (select count(*)::integer from everjust.memberships m where m.organization_id = o.id) as members,
          a.subscription_id as "subscriptionId", a.item_id as "itemId", a.status, a.plan, a.seats,
          a.period_end as "periodEnd", a.ends_at as "endsAt", a.unpaid_since as "unpaidSince", a.synced_at as "seenAt"
        from everjust.organizations o left join everjust.billing_accounts a on a.organization_id = o.id
        where o.id = ${organizationId}`
      return row
    },

    /** Where a payment is open that the person has a say in, the longest first. */
    async owed(userId: UserId): Promise<Owed[]> {
      return transaction<Owed[]>`
        select o.id as "organizationId", o.name, o.kind, a.unpaid_since as "unpaidSince"
        from everjust.memberships m
        join everjust.billing_accounts a on a.organization_id = m.organization_id
        join everjust.organizations o on o.id = m.organization_id
        where m.user_id = ${userId} and m.role in ('owner', 'admin', 'billing') and a.unpaid_since is not null
        order by a.unpaid_since`
    },

    async invoices(organizationId: OrganizationId): Promise<IssuedInvoice[]> {
      type Amounts = Record<'totalMicros' | 'returnedMicros', string>
      const rows = await transaction<(Omit<IssuedInvoice, keyof Amounts> & Amounts)[]>`
        select id, number, state, total_micros as "totalMicros", returned_micros as "returnedMicros", url,
          created_at as "createdAt"
        from everjust.invoices where organization_id = ${organizationId}
        order by created_at desc, number desc`
      return rows.map(({ totalMicros, returnedMicros, ...row }) => ({
        ...row,
        totalMicros: Number(totalMicros),
        returnedMicros: Number(returnedMicros),
      }))
    },

    async openAccount(organizationId: OrganizationId): Promise<void> {
      await transaction`
        insert into everjust.billing_accounts (organization_id) values (${organizationId}) on conflict do nothing`
    },

    /** The same wish within 20 minutes has the same turn, and so the same page; any other has the next. */
    async beginCheckout(
      organizationId: OrganizationId,
      { plan, seats }: { plan: Plan; seats: number },
    ): Promise<Checkout> {
      await this.openAccount(organizationId)
      const same = transaction`(checkout_plan = ${plan} and checkout_seats = ${seats}
        and checkout_at > now() - interval '20 minutes')`
      const [row] = await transaction<Checkout[]>`
        update everjust.billing_accounts set
          checkout_turn = case when ${same} then checkout_turn else checkout_turn + 1 end,
          checkout_at = case when ${same} then checkout_at else now() end,
          checkout_plan = ${plan}, checkout_seats = ${seats}
        where organization_id = ${organizationId}
        returning checkout_turn as turn, checkout_at as at, checkout_id as id`
      if (!row) throw new Error('an organization has no billing account')
      return row
    },

    async keepCustomer(organizationId: OrganizationId, customerId: string): Promise<void> {
      await transaction`
        update everjust.billing_accounts set customer_id = ${customerId}
        where organization_id = ${organizationId} and customer_id is null`
    },

    /** False when somebody asked for another one meanwhile. */
    async keepCheckout(organizationId: OrganizationId, turn: number, id: string): Promise<boolean> {
      const { count } = await transaction`
        update everjust.billing_accounts set checkout_id = ${id}
        where organization_id = ${organizationId} and checkout_turn = ${turn}`
      return count > 0
    },

    /** Takes the right to change the seats for half a minute; false when they are others than `from`, or being changed. */
    async beginSeats(organizationId: OrganizationId, from: number): Promise<boolean> {
      const { count } = await transaction`
        update everjust.billing_accounts set changing_until = now() + interval '30 seconds'
        where organization_id = ${organizationId} and seats = ${from}
          and (changing_until is null or changing_until < now())`
      return count > 0
    },

    async giveUpSeats(organizationId: OrganizationId): Promise<void> {
      await transaction`
        update everjust.billing_accounts set changing_until = null where organization_id = ${organizationId}`
    },

    /** Has a job fetch how it stands now. */
    async askSync(organizationId: OrganizationId): Promise<void> {
      const [row] = await transaction<{ jobId: JobId | null }[]>`
        select everjust.ask_billing_sync(${organizationId}, ${newId('job')}) as "jobId"`
      if (row?.jobId) onEnqueued('sync-billing', row.jobId)
    },
  }
}
