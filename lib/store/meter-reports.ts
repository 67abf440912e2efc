import type { OrganizationId } from '../contract/ids.ts'
import type { UseReport } from '../ports/payments.ts'
import type { Transaction } from './sql.ts'

/** The outbox of what is charged one by one: each entry of the ledger stands in one report, and each report is taken once. */
export function meterReportStore(transaction: Transaction) {
  return {
    /** Makes reports of what has ended since the last ones; answers whose they are, and those of earlier ones not sent. */
    async make(): Promise<OrganizationId[]> {
      const rows = await transaction<{ organizationId: OrganizationId }[]>`
        with due as (
          update everjust.ledger l set reported_at = now() from everjust.billing_accounts a
          where l.metric = 'beyond' and l.state = 'settled' and l.reported_at is null
            and a.organization_id = l.organization_id and a.customer_id is not null
          returning l.organization_id, a.customer_id, l.settled),
        made as (
          insert into everjust.meter_reports (id, organization_id, customer_id, requests)
          select 'mrp_' || replace(gen_random_uuid()::text, '-', ''), organization_id, customer_id, sum(settled)
          from due group by organization_id, customer_id
          returning organization_id)
        select organization_id as "organizationId" from made
        union select organization_id from everjust.meter_reports where sent_at is null`
      return rows.map(({ organizationId }) => organizationId)
    },

    async unsent(organizationId: OrganizationId): Promise<UseReport[]> {
      const rows = await transaction<(Omit<UseReport, 'requests'> & { requests: string })[]>`
        select id, customer_id as "customerId", requests, made_at as "madeAt" from everjust.meter_reports
        where organization_id = ${organizationId} and sent_at is null order by made_at`
      return rows.map((row) => ({ ...row, requests: Number(row.requests) }))
    },

    async sent(id: string): Promise<void> {
      await transaction`update everjust.meter_reports set sent_at = now() where id = ${id}`
    },
  }
}
