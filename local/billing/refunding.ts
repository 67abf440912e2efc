import { newId, type Invoice, type OpenBooks, type Session } from './books.ts'
import { textAt, type Form } from './form.ts'
import { invalid, missing } from './refused.ts'
import { chargeShape } from './shapes.ts'

type Answer = Record<string, unknown>

/** Gives back what was paid on a checkout page, all of it or a part; more than was paid is refused. */
export function refund(open: OpenBooks, form: Form): Answer {
  const payment = textAt(form, 'payment_intent') ?? textAt(form, 'charge')?.replace(/^ch_/, 'pi_') ?? ''
  const session = open.books.sessions.find(({ id, status }) => `pi_${id}` === payment && status === 'complete')
  if (!session?.total) throw missing('payment_intent', payment)
  const amount = amountOf(form, 'amount') ?? session.total - session.refunded
  giveBack(open, session, amount)
  return {
    id: newId('re'),
    object: 'refund',
    amount,
    charge: `ch_${session.id}`,
    payment_intent: payment,
    status: 'succeeded',
  }
}

/** Corrects a paid invoice: the money goes back to the card (`refund_amount`) or lowers the next invoice (`credit_amount`). */
export function creditNote(open: OpenBooks, form: Form): Answer {
  const invoice = open.books.invoices.find(({ id }) => id === textAt(form, 'invoice'))
  if (invoice?.status !== 'paid') throw missing('invoice', textAt(form, 'invoice'))
  const [back, credit] = [amountOf(form, 'refund_amount') ?? 0, amountOf(form, 'credit_amount') ?? 0]
  const amount = back + credit
  if (amount === 0 || amount > invoice.total - invoice.credited)
    throw invalid('The amount is not what is left to credit.')
  invoice.credited += amount
  const session = open.books.sessions.find((each) => each.invoice === invoice.id)
  if (session && back > 0) giveBack(open, session, back)
  const customer = open.books.customers.find(({ id }) => id === invoice.customer)
  if (customer) customer.credit += credit
  const note = noteOf(invoice, amount)
  open.tell('credit_note.created', note)
  return note
}

function giveBack(open: OpenBooks, session: Session, amount: number): void {
  if (amount < 1 || amount > (session.total ?? 0) - session.refunded)
    throw invalid('Refund amount is greater than unrefunded amount on charge.')
  session.refunded += amount
  open.tell('charge.refunded', chargeShape(session))
}

const noteOf = ({ id, customer }: Invoice, total: number): Answer => ({
  id: newId('cn'),
  object: 'credit_note',
  customer,
  invoice: id,
  status: 'issued',
  total,
})

function amountOf(form: Form, name: string): number | undefined {
  const text = textAt(form, name)
  return text === undefined ? undefined : Number(text)
}
