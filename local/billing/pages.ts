import { escape, pageOf } from '../pages/page.ts'
import type { OpenBooks, Session } from './books.ts'
import { customerOf, periodPrice } from './invoicing.ts'
import { invalid, missing } from './refused.ts'

export const dollars = (cents: number): string => `$${(cents / 100).toFixed(2)}`
const date = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)

const cardHint = `<p class="hint" id="cards">No card is charged. <code>4242 4242 4242 4242</code> pays;
<code>4000 0000 0000 0341</code> is taken and then fails; every other one is declined.</p>`

/** Where somebody pays for a session. */
export function checkoutPage({ prices }: OpenBooks, session: Session, problem?: string): string {
  if (session.status !== 'open') throw invalid('This page is not open any more.')
  const price = prices.find(({ id }) => id === session.price)
  if (!price) throw missing('price', session.price)
  const does = price.kind === 'once' ? 'Pay' : 'Subscribe'
  const each = session.quantity === 1 ? '' : `${session.quantity} × ${dollars(price.cents)} = `
  return pageOf({
    title: 'Pay',
    main: `<h1>${does}</h1>
<p class="note">${escape(price.lookupKey)}: ${each}${dollars(price.cents * session.quantity)} ${price.kind === 'once' ? 'once' : 'a month'}</p>
${problem ? `<p class="problem" role="alert">${escape(problem)}</p>` : ''}
<form method="post">
<label for="card">Card number</label>
<input id="card" name="card" inputmode="numeric" autocomplete="off" value="4242 4242 4242 4242" aria-describedby="cards" required>
${cardHint}
${session.mayDiscount ? '<label for="code">Promotion code</label><input id="code" name="code" autocomplete="off">' : ''}
<button class="primary">${does}</button>
</form>
<p><a href="${escape(session.cancelUrl)}">Back without paying</a></p>`,
  })
}

/** Where a customer looks after card, plan and invoices. */
export function portalPage(open: OpenBooks, id: string, problem?: string): string {
  const portal = open.books.portals.find((each) => each.id === id)
  if (!portal) throw missing('portal session', id)
  const customer = customerOf(open, portal.customer)
  const live = open.books.subscriptions.findLast((each) => each.customer === customer.id && each.status !== 'canceled')
  const invoices = open.books.invoices.filter((each) => each.customer === customer.id).toReversed()
  const button = (does: string, label: string) =>
    `<form method="post"><button class="primary" name="does" value="${does}">${label}</button></form>`
  return pageOf({
    title: 'Billing',
    main: `<h1>Billing</h1>
<p class="note">Card ending in ${escape(customer.card?.slice(-4) ?? 'nothing')}</p>
${problem ? `<p class="problem" role="alert">${escape(problem)}</p>` : ''}
${live ? `<p>${dollars(periodPrice(open, live, live.quantity))} a month, ${live.endsAtPeriod ? 'ends' : 'renews'} ${date(live.to)} (${live.status})</p>` : '<p>No subscription.</p>'}
<form method="post">
<label for="card">Card number</label>
<input id="card" name="card" inputmode="numeric" autocomplete="off" value="4242 4242 4242 4242" aria-describedby="cards" required>
${cardHint}
<button class="primary" name="does" value="card">Use this card</button>
</form>
${live ? (live.endsAtPeriod ? button('resume', 'Keep the plan') : button('cancel', 'Cancel the plan')) : ''}
<ul>${invoices.map((each) => `<li><a href="/invoices/${escape(each.id)}">${escape(each.number)} · ${dollars(each.total)} · ${each.status}</a></li>`).join('')}</ul>
<p><a href="${escape(portal.returnUrl)}">Return to EverJust</a></p>`,
  })
}

export function invoicePage({ books }: OpenBooks, id: string): string {
  const invoice = books.invoices.find((each) => each.id === id)
  if (!invoice) throw missing('invoice', id)
  return pageOf({
    title: invoice.number,
    main: `<h1>Invoice ${escape(invoice.number)}</h1>
<p class="note">${date(invoice.created)} · ${dollars(invoice.total)} · ${invoice.status}</p>`,
  })
}

export const nothingHere = (message: string): string =>
  pageOf({ title: 'Nothing here', main: `<h1>Nothing here</h1><p class="note">${escape(message)}</p>` })
