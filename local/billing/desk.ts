import type { OpenBooks } from './books.ts'
import { canBeSaved, inDigits } from './cards.ts'
import { customerOf, pay } from './invoicing.ts'
import { checkoutPage, invoicePage, portalPage } from './pages.ts'
import { declined, missing, Refused } from './refused.ts'
import { sessionOf } from './routes.ts'
import { complete } from './subscribing.ts'
import { customerShape, subscriptionShape } from './shapes.ts'

export type Page = { body: string } | { to: string }

/** The pages that people see: pay, look after it, read an invoice. */
export function showPage(open: OpenBooks, [room, id = '']: readonly string[]): Page {
  if (room === 'pay') return { body: checkoutPage(open, sessionOf(open, id)) }
  if (room === 'portal') return { body: portalPage(open, id) }
  if (room === 'invoices') return { body: invoicePage(open, id) }
  throw missing('page')
}

/** What people send from them; what is refused stays on the page and is said there. */
export function takeForm(open: OpenBooks, [room, id = '']: readonly string[], given: URLSearchParams): Page {
  const card = inDigits(given.get('card') ?? '')
  if (room === 'pay') {
    const session = sessionOf(open, id)
    const code = given.get('code')?.trim() ?? ''
    const problem = problemOf(() => complete(open, session, { card, code }))
    return problem === undefined ? { to: session.successUrl } : { body: checkoutPage(open, session, problem) }
  }
  if (room !== 'portal') throw missing('page')
  const customerId = open.books.portals.find((each) => each.id === id)?.customer ?? ''
  const problem = problemOf(() => change(open, { customerId, card, does: given.get('does') ?? '' }))
  return problem === undefined ? { to: `/portal/${id}` } : { body: portalPage(open, id, problem) }
}

interface Change {
  customerId: string
  card: string
  does: string
}

function change(open: OpenBooks, { customerId, card, does }: Change): void {
  const customer = customerOf(open, customerId)
  if (does === 'card') {
    if (!canBeSaved(card)) throw declined()
    customer.card = card
    open.tell('customer.updated', customerShape(customer))
    const owed = open.books.invoices.filter((each) => each.customer === customerId && each.status === 'open')
    for (const invoice of owed) pay(open, invoice)
    return
  }
  const live = open.books.subscriptions.findLast((each) => each.customer === customerId && each.status !== 'canceled')
  if (!live || (does !== 'cancel' && does !== 'resume')) throw missing('subscription')
  live.endsAtPeriod = does === 'cancel'
  open.tell('customer.subscription.updated', subscriptionShape(live, open))
}

function problemOf(work: () => void): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof Refused) return error.message
    throw error
  }
}
