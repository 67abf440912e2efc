import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { readJson, writeJson } from '../json-file.ts'

const seconds = z.int()
const cents = z.int()
const texts = z.record(z.string(), z.string())

const Customer = z.object({
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  metadata: texts,
  created: seconds,
  /** The number of the card that is charged. */
  card: z.string().nullable(),
  /** What the next invoice is lowered by: what was paid for and not used. */
  credit: cents,
  /** Only that there was one is known any more. */
  deleted: z.boolean().optional(),
})
const Session = z.object({
  id: z.string(),
  /** For each period, or once. */
  mode: z.enum(['subscription', 'payment']).default('subscription'),
  customer: z.string(),
  price: z.string(),
  quantity: z.int(),
  /** The price of what is used beside it. */
  metered: z.string().nullable().default(null),
  status: z.enum(['open', 'complete', 'expired']),
  successUrl: z.string(),
  cancelUrl: z.string(),
  reference: z.string().nullable(),
  metadata: texts,
  mayDiscount: z.boolean(),
  subscription: z.string().nullable(),
  /** What was paid once, by which invoice, and what of it was given back. */
  total: cents.nullable().default(null),
  invoice: z.string().nullable().default(null),
  refunded: cents.default(0),
  created: seconds,
  expires: seconds,
})
const Subscription = z.object({
  id: z.string(),
  item: z.string(),
  customer: z.string(),
  status: z.enum(['active', 'past_due', 'unpaid', 'canceled', 'incomplete']),
  price: z.string(),
  quantity: z.int(),
  metered: z.string().nullable().default(null),
  from: seconds,
  to: seconds,
  endsAtPeriod: z.boolean(),
  canceled: seconds.nullable(),
  percentOff: z.int(),
  metadata: texts,
  created: seconds,
})
const Invoice = z.object({
  id: z.string(),
  number: z.string(),
  customer: z.string(),
  /** Empty where something was bought once. */
  subscription: z.string(),
  status: z.enum(['open', 'paid', 'void', 'uncollectible']),
  total: cents,
  /** What credit notes took off after it was paid. */
  credited: cents.default(0),
  reason: z.enum(['subscription_create', 'subscription_cycle', 'subscription_update', 'manual']),
  attempts: z.int(),
  nextAttempt: seconds.nullable(),
  created: seconds,
})
/** So much was used; it is on the next invoice. */
const MeterEvent = z.object({
  identifier: z.string(),
  customer: z.string(),
  name: z.string(),
  value: z.int(),
  at: seconds,
  billed: z.boolean(),
})
const PortalSession = z.object({ id: z.string(), customer: z.string(), returnUrl: z.string() })
const Event = z.object({
  id: z.string(),
  type: z.string(),
  created: seconds,
  object: z.record(z.string(), z.unknown()),
})
const Answered = z.object({ asked: z.string(), status: z.int(), body: z.record(z.string(), z.unknown()) })

const Books = z.object({
  /** How far the clock was moved ahead of the machine's. */
  ahead: seconds,
  customers: z.array(Customer),
  sessions: z.array(Session),
  subscriptions: z.array(Subscription),
  invoices: z.array(Invoice),
  portals: z.array(PortalSession),
  uses: z.array(MeterEvent).default([]),
  events: z.array(Event),
  /** Answers by idempotency key. */
  answers: z.record(z.string(), Answered),
})
export type Books = z.infer<typeof Books>
export type Customer = z.infer<typeof Customer>
export type Session = z.infer<typeof Session>
export type Subscription = z.infer<typeof Subscription>
export type Invoice = z.infer<typeof Invoice>
export type Event = z.infer<typeof Event>

/** Paid each period, once, or by what was used. */
type PriceKind = 'licensed' | 'once' | 'metered'

/** What is sold, by its lookup key, in cents a month, once, or each. */
export interface Price {
  id: string
  lookupKey: string
  cents: number
  kind: PriceKind
}

export interface OpenBooks {
  books: Books
  /** Where the pages are; known once somebody listens. */
  origin: string
  prices: readonly Price[]
  /** Promotion codes, and what per cent they take off. */
  codes: Readonly<Record<string, number>>
  now(): number
  /** Writes down that something happened to an object. */
  tell(type: string, object: Record<string, unknown>): void
  save(): Promise<void>
}

export const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`

const nothing: Books = {
  ahead: 0,
  customers: [],
  sessions: [],
  subscriptions: [],
  invoices: [],
  portals: [],
  uses: [],
  events: [],
  answers: {},
}

interface Sold {
  prices: Readonly<Record<string, number>>
  bought?: Readonly<Record<string, number>>
  metered?: Readonly<Record<string, number>>
  codes?: Readonly<Record<string, number>>
}

const priced = (prices: Readonly<Record<string, number>>, kind: PriceKind): Price[] =>
  Object.entries(prices).map(([lookupKey, cents]) => ({ id: `price_${lookupKey}`, lookupKey, cents, kind }))

/** Everything the stand-in knows, in one file. */
export async function openBooks(
  dataDir: string,
  { prices, bought = {}, metered = {}, codes = {} }: Sold,
): Promise<OpenBooks> {
  await mkdir(dataDir, { recursive: true })
  const file = join(dataDir, 'billing.json')
  const books = (await readJson(file, Books)) ?? structuredClone(nothing)
  const now = () => Math.floor(Date.now() / 1000) + books.ahead
  let written = Promise.resolve()
  return {
    books,
    origin: '',
    codes,
    prices: [...priced(prices, 'licensed'), ...priced(bought, 'once'), ...priced(metered, 'metered')],
    now,
    tell: (type, object) => void books.events.push({ id: newId('evt'), type, created: now(), object }),
    save: () => (written = written.then(() => writeJson(file, books))),
  }
}
