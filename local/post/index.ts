import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { close, listen } from '../listen.ts'
import { pageHeaders, STYLE_PATH, styleSheet } from '../pages/page.ts'
import { letterPage, mailboxPage, nothingHere } from './mailbox.ts'
import { openLetters, type Letters, type Sent } from './letters.ts'
import { readSending, Refused } from './request.ts'

export interface PostOptions {
  dataDir: string
  port: number
  /** What callers must send as a bearer token. */
  apiKey: string
  /** Asked once for each mail: the status it is refused with. */
  fault?: () => number | undefined
}

/** Where mail is sent to (`url`, with the key) and read (the same address, in a browser). */
export interface Post {
  url: string
  /** All that was sent, oldest first. */
  sent(): readonly Sent[]
  stop(): Promise<void>
}

/** Starts a mail provider that speaks Resend's `POST /emails`, delivers nothing, and shows what was sent as pages. */
export async function startPost(options: PostOptions): Promise<Post> {
  const letters = await openLetters(options.dataDir)
  const server = createServer((request, response) => {
    answer(request, letters, options).then(
      ({ status, type, body, headers = {} }) =>
        response.writeHead(status, { 'content-type': type, ...headers }).end(body),
      (error: unknown) => refuse(response, error),
    )
  })
  const port = await listen(server, options.port)
  return { url: `http://localhost:${port}`, sent: letters.all, stop: () => close(server) }
}

interface Answer {
  status: number
  type: string
  body: string
  headers?: Record<string, string>
}

async function answer(request: IncomingMessage, letters: Letters, options: PostOptions): Promise<Answer> {
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  if (request.method === 'POST' && path === '/emails') return take(request, letters, options)
  if (request.method !== 'GET') throw new Refused(405, 'method_not_allowed', 'There is nothing to be done here.')
  if (path === STYLE_PATH) return { status: 200, ...styleSheet }
  if (path === '/') return page(200, mailboxPage(letters.all()))
  const letter = letters.find(path.slice('/letters/'.length))
  return letter ? page(200, letterPage(letter)) : page(404, nothingHere())
}

const page = (status: number, body: string): Answer => ({ status, type: 'text/html', body, headers: pageHeaders() })

async function take(request: IncomingMessage, letters: Letters, { apiKey, fault }: PostOptions): Promise<Answer> {
  if (!isKey(request, apiKey)) throw new Refused(401, 'missing_api_key', 'The API key is missing or wrong.')
  const sending = await readSending(request)
  const status = fault?.()
  if (status !== undefined) throw new Refused(status, 'application_error', 'A fault was asked for.')
  const key = request.headers['idempotency-key']
  const { id } = await letters.add(sending, typeof key === 'string' ? key : undefined)
  return { status: 200, type: 'application/json', body: JSON.stringify({ id }) }
}

function isKey({ headers }: IncomingMessage, key: string): boolean {
  const given = Buffer.from(headers.authorization?.replace(/^Bearer /i, '') ?? '')
  const wanted = Buffer.from(key)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function refuse(response: ServerResponse, error: unknown): void {
  if (!(error instanceof Refused)) console.error(error)
  const { status, name, message } =
    error instanceof Refused ? error : new Refused(500, 'internal_server_error', 'Failed.')
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ statusCode: status, name, message }))
}
