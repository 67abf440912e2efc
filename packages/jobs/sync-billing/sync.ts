import * as z from 'zod/mini'
import type { PaymentsDesk } from '../../../lib/context.ts'
import { OrganizationId } from '../../../lib/contract/ids.ts'
import { settle, type Settled } from '../../../lib/domain/billing.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import type { IssuedInvoice, TopUp } from '../../../lib/ports/payments.ts'
import type { WorkerStores } from '../../../lib/store/worker-stores.ts'
import { tellPayers } from '../../../lib/work/tell-payers.ts'

const Errand = z.object({ organizationId: OrganizationId })

/** Events only say that there is something to see: what counts is what there is when it is looked at. */
export async function syncBilling({ id, payload }: Job, desk: PaymentsDesk): Promise<Outcome> {
  const { organizationId } = Errand.parse(payload)
  await report(organizationId, desk)
  const begun = await desk.within(({ billing }) => billing.beginSync(organizationId))
  if (!begun) return 'done'
  const [subscriptions, invoices, bought] = await Promise.all([
    desk.payments.subscriptionsOf(begun.customerId),
    desk.payments.invoicesOf(begun.customerId),
    desk.payments.topUpsOf(begun.customerId),
  ])
  const surplus = await desk.within(async (stores) => {
    const before = await stores.billing.before(organizationId, begun.turn)
    if (!before) return []
    const settled = settle(subscriptions, before, desk.now())
    await stores.billing.keep(organizationId, settled)
    await stores.billing.keepInvoices(
      organizationId,
      invoices.map((each) => withRefund(each, bought)),
    )
    await keepBought(stores, { organizationId, bought, requestId: id })
    await apply(stores, { organizationId, before, settled, requestId: id })
    return settled.surplus
  })
  // Two checkouts were paid at once: one plan is enough.
  for (const subscription of surplus) await desk.payments.end(subscription.id)
  if (surplus.length > 0) desk.log('warning', 'a second subscription was ended', { organization: organizationId })
  return 'done'
}

/** Tells what is charged one by one; what was told and not noted is told again, and counts once. */
async function report(organizationId: OrganizationId, { within, payments }: PaymentsDesk): Promise<void> {
  for (const each of await within(({ meterReports }) => meterReports.unsent(organizationId))) {
    await payments.reportUse(each)
    await within(({ meterReports }) => meterReports.sent(each.id))
  }
}

interface Bought {
  organizationId: OrganizationId
  bought: readonly TopUp[]
  requestId: string
}

/** What was bought ahead, and what of it was given back. */
async function keepBought(
  { topUps, audit }: WorkerStores,
  { organizationId, bought, requestId }: Bought,
): Promise<void> {
  await topUps.keep(organizationId, bought)
  for (const { id: subject, ...detail } of await topUps.takeBack(organizationId, bought)) {
    await audit.record({ organizationId, principal: 'billing', action: 'billing.refund', subject, requestId, detail })
  }
}

/** What goes back to the card stands on no invoice; of what was bought ahead we know by which it was paid. */
function withRefund(invoice: IssuedInvoice, bought: readonly TopUp[]): IssuedInvoice {
  const refunded = bought.find(({ invoiceId }) => invoiceId === invoice.id)?.refundedMicros ?? 0
  return { ...invoice, returnedMicros: Math.max(invoice.returnedMicros, refunded) }
}

interface Change {
  organizationId: OrganizationId
  before: NonNullable<Awaited<ReturnType<WorkerStores['billing']['before']>>>
  settled: Settled
  requestId: string
}

async function apply(stores: WorkerStores, { organizationId, before, settled, requestId }: Change): Promise<void> {
  const { current, tier, seats, unpaidSince } = settled
  const had = before.granted?.tier ?? 'free'
  const changed = tier !== had || seats !== before.granted?.seats
  // Without a subscription nothing was ever paid for: what the organization has, it has from elsewhere.
  if (current && changed) await stores.billing.grant(organizationId, { tier, seats })
  if (tier !== had) {
    const action = `plan.${tier}` as const
    await stores.audit.record({ organizationId, principal: 'billing', action, subject: organizationId, requestId })
  }
  const kind = tidings({ lost: tier === 'free' && had !== 'free', owed: before.unpaidSince, owes: unpaidSince, tier })
  const since = unpaidSince ?? before.unpaidSince
  if (kind) await tellPayers(stores, { organizationId, name: before.name, kind, unpaidSince: since })
}

interface Turn {
  lost: boolean
  owed: Date | null
  owes: Date | null
  tier: Settled['tier']
}

/** What people are told of a change. */
function tidings({ lost, owed, owes, tier }: Turn) {
  if (lost) return 'planEnded'
  if (owes && !owed) return 'paymentFailed'
  return owed && !owes && tier !== 'free' ? 'paymentMended' : undefined
}
