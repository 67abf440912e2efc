import type { OpenBooks, Subscription } from './books.ts'
import { drawUp, pay, periodPrice } from './invoicing.ts'
import { monthAfter } from './subscribing.ts'
import { sessionShape, subscriptionShape } from './shapes.ts'

/** Moves the clock to an instant, and has all that falls due on the way happen in its order. */
export function advanceTo(open: OpenBooks, until: number): void {
  for (let due = nextDue(open, until); due; due = nextDue(open, until)) {
    moveTo(open, due.at)
    due.happen()
  }
  moveTo(open, until)
}

/** What falls due as time goes by itself. */
export const catchUp = (open: OpenBooks): void => advanceTo(open, open.now())

function moveTo({ books, now }: OpenBooks, at: number): void {
  if (at > now()) books.ahead += at - now()
}

interface Due {
  at: number
  happen(): void
}

function nextDue(open: OpenBooks, until: number): Due | undefined {
  const { subscriptions, invoices, sessions } = open.books
  const renewals = subscriptions
    .filter(({ status }) => status === 'active' || status === 'past_due')
    .map((each): Due => ({ at: each.to, happen: () => renew(open, each) }))
  const retries = invoices.flatMap((each): Due[] =>
    each.status === 'open' && each.nextAttempt !== null
      ? [{ at: each.nextAttempt, happen: () => void pay(open, each) }]
      : [],
  )
  const expiries = sessions
    .filter(({ status }) => status === 'open')
    .map((each): Due => ({
      at: each.expires,
      happen: () => {
        each.status = 'expired'
        open.tell('checkout.session.expired', sessionShape(each, open))
      },
    }))
  return [...renewals, ...retries, ...expiries].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
}

function renew(open: OpenBooks, subscription: Subscription): void {
  if (subscription.endsAtPeriod) {
    subscription.status = 'canceled'
    subscription.canceled = subscription.to
    open.tell('customer.subscription.deleted', subscriptionShape(subscription, open))
    return
  }
  subscription.from = subscription.to
  subscription.to = monthAfter(subscription.from)
  const amount = periodPrice(open, subscription, subscription.quantity) + used(open, subscription)
  pay(open, drawUp(open, subscription, { reason: 'subscription_cycle', amount }))
}

/** What was used and is on no invoice yet, in cents. */
function used({ books, prices }: OpenBooks, { customer, metered }: Subscription): number {
  const price = prices.find(({ id }) => id === metered)
  const due = books.uses.filter((each) => each.customer === customer && each.name === price?.lookupKey && !each.billed)
  for (const each of due) each.billed = true
  return due.reduce((sum, { value }) => sum + value, 0) * (price?.cents ?? 0)
}
