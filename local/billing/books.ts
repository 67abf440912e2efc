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
  customer: z.string(),
  price: z.string(),
  quantity: z.int(),
  status: z.enum(['open', 'complete', 'expired']),
  successUrl: z.string(),
  cancelUrl: z.string(),
  reference: z.string().nullable(),
  metadata: texts,
  mayDiscount: z.boolean(),
  subscription: z.string().nullable(),
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
  subscription: z.string(),
  status: z.enum(['open', 'paid', 'void', 'uncollectible']),
  total: cents,
  reason: z.enum(['subscription_create', 'subscription_cycle', 'subscription_update']),
  attempts: z.int(),
  nextAttempt: seconds.nullable(),
  created: seconds,
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

/** What is sold, by its lookup key, in cents a month. */
export interface Price {
  id: string
  lookupKey: string
  cents: number
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
  events: [],
  answers: {},
}

/** Everything the stand-in knows, in one file. */
export async function openBooks(
  dataDir: string,
  { prices, codes = {} }: { prices: Readonly<Record<string, number>>; codes?: Readonly<Record<string, number>> },
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
    prices: Object.entries(prices).map(([lookupKey, cents]) => ({ id: `price_${lookupKey}`, lookupKey, cents })),
    now,
    tell: (type, object) => void books.events.push({ id: newId('evt'), type, created: now(), object }),
    save: () => (written = written.then(() => writeJson(file, books))),
  }
}
