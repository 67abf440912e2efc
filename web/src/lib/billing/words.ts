import type { Billing, BilledInvoice, OverLimit, OverLimits } from '#lib/contract.ts'
import { count, dayOf, fileSize, price } from '#lib/format.ts'
import { m } from '#lib/messages.ts'

/** Where the plan stands, in a sentence. */
export function standing({ state, renewsAt, endsAt, graceUntil }: Billing): string {
  if (state === 'paid' && renewsAt) return m.billing_renews({ day: dayOf(renewsAt) })
  if (state === 'ending' && endsAt) return m.billing_ends({ day: dayOf(endsAt) })
  if (state === 'owing' && graceUntil) return m.billing_owing({ day: dayOf(graceUntil) })
  return state === 'ended' ? m.billing_ended() : m.billing_never()
}

export function monthly({ monthlyMicros }: Billing): string {
  return monthlyMicros === null ? m.billing_agreed() : m.billing_a_month({ price: price(monthlyMicros) })
}

export const invoiceStates: Record<BilledInvoice['state'], () => string> = {
  draft: m.billing_invoice_draft,
  open: m.billing_invoice_open,
  paid: m.billing_invoice_paid,
  void: m.billing_invoice_void,
  uncollectible: m.billing_invoice_uncollectible,
}

/** What rests because there is more of it than the plan allows, and until when. */
export function restsOf({ what, used, limit }: OverLimit, { resetsAt }: OverLimits): string {
  const day = dayOf(resetsAt)
  const counted = { used: count(Math.round(used * 10) / 10), limit: count(limit), day }
  switch (what) {
    case 'requests':
      return m.billing_over_requests(counted)
    case 'hours':
      return m.billing_over_hours(counted)
    case 'sandboxes':
      return m.billing_over_sandboxes(counted)
    case 'storage':
      return m.billing_over_storage({ used: fileSize(used), limit: fileSize(limit) })
  }
}
