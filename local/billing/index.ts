import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { close, listen } from '../listen.ts'
import { pageHeaders, STYLE_PATH, styleSheet } from '../pages/page.ts'
import { answerApi } from './api.ts'
import { openBooks, type Event, type OpenBooks } from './books.ts'
import { advanceTo, catchUp } from './clock.ts'
import { showPage, takeForm, type Page } from './desk.ts'
import { nothingHere } from './pages.ts'
import { Refused } from './refused.ts'
import { openDeliveries, signed, type Delivery, type Webhook } from './webhooks.ts'

export interface BillingOptions {
  dataDir: string
  port: number
  apiKey: string
  /** What is sold, by its lookup key, in cents a month. */
  prices: Readonly<Record<string, number>>
  /** What is bought once, likewise. */
  bought?: Readonly<Record<string, number>>
  /** What is charged each, by what was used: the name of the meter is that of the price. */
  metered?: Readonly<Record<string, number>>
  /** Promotion codes, and what per cent they take off. */
  codes?: Readonly<Record<string, number>>
  /** Where events go; without it they are only kept. */
  webhook?: Webhook
  /** Asked once for each call of the API: the status it is refused with. */
  fault?: () => number | undefined
  /** What of these events is delivered, and in which order; by default all, once, as they happened. */
  delivered?: (events: readonly Event[]) => readonly Event[]
}

/** Where the API and its pages are (`url`), and what happened. */
export interface Billing {
  url: string
  /** All events, oldest first. */
  events(): readonly Event[]
  /** An event as it would be delivered. */
  sign(event: Event, secret: string, at?: number): Delivery
  /** Lets time go by: periods end, payments fall due. */
  advance(days: number): Promise<void>
  stop(): Promise<void>
}

/** Starts a provider of payments that speaks the part of Stripe's API that we use, and takes nobody's money. */
export async function startBilling(options: BillingOptions): Promise<Billing> {
  const open = await openBooks(options.dataDir, options)
  const deliveries = options.webhook && openDeliveries(options.webhook)
  let told = open.books.events.length
  /** Every change is kept before anybody hears of it. */
  const keep = async () => {
    const news = open.books.events.slice(told)
    told = open.books.events.length
    await open.save()
    deliveries?.send(options.delivered?.(news) ?? news)
  }
  const server = createServer((request, response) => {
    answer(request, { open, options })
      .then(async (reply) => {
        await keep()
        response.writeHead(reply.status, reply.headers).end(reply.body)
      })
      .catch((error: unknown) => fail(request, response, error))
  })
  const port = await listen(server, options.port)
  open.origin = `http://localhost:${port}`
  return {
    url: open.origin,
    events: () => open.books.events,
    sign: signed,
    advance: async (days) => {
      advanceTo(open, open.now() + days * 86_400)
      await keep()
    },
    stop: async () => {
      await close(server)
      await deliveries?.stop()
    },
  }
}

interface Reply {
  status: number
  headers: Record<string, string>
  body: string
}

async function answer(
  request: IncomingMessage,
  { open, options }: { open: OpenBooks; options: BillingOptions },
): Promise<Reply> {
  const url = new URL(request.url ?? '/', open.origin)
  const text = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString('utf8')
  catchUp(open)
  if (url.pathname.startsWith('/v1/')) {
    const status = options.fault?.()
    if (status !== undefined) throw new Refused(status, 'api_error', 'A fault was asked for.')
    const { body, replayed, ...answered } = answerApi(open, { request, url, text }, options.apiKey)
    const headers = { 'content-type': 'application/json', ...(replayed && { 'idempotent-replayed': 'true' }) }
    return { status: answered.status, headers, body: JSON.stringify(body) }
  }
  if (url.pathname === STYLE_PATH) {
    return { status: 200, headers: { 'content-type': styleSheet.type, ...styleSheet.headers }, body: styleSheet.body }
  }
  const place = url.pathname.split('/').slice(1)
  return request.method === 'POST'
    ? pageReply(takeForm(open, place, new URLSearchParams(text)), open)
    : pageReply(showPage(open, place), open)
}

function pageReply(page: Page, { books }: OpenBooks): Reply {
  if ('to' in page) return { status: 303, headers: { location: page.to }, body: '' }
  const back = new Set(books.sessions.map(({ successUrl }) => new URL(successUrl).origin))
  return { status: 200, headers: { 'content-type': 'text/html', ...pageHeaders([...back]) }, body: page.body }
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (!(error instanceof Refused)) console.error(error)
  const refused = error instanceof Refused ? error : new Refused(500, 'api_error', 'Failed.')
  if (request.url?.startsWith('/v1/')) {
    response.writeHead(refused.status, { 'content-type': 'application/json' }).end(JSON.stringify(refused.body))
    return
  }
  response
    .writeHead(refused.status, { 'content-type': 'text/html', ...pageHeaders() })
    .end(nothingHere(refused.message))
}
