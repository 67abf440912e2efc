import { timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { close, listen } from '../listen.ts'
import { answer } from './answer.ts'
import { Refusal, sendRefusal } from './refusal.ts'
import type { RefusalType } from './refusal.ts'
import { fit, messageOf, tokensOf } from './reply.ts'
import { readRequest } from './request.ts'
import type { MessagesRequest } from './request.ts'
import { paceOf, stream } from './stream.ts'

export const SCRIPTED_MODEL = 'scripted-1'
/** The small one says the same; it is there to be chosen, and to step in. */
const scriptedModels = [SCRIPTED_MODEL, 'scripted-mini']

export type ModelOptions = {
  /** 0 takes any free port. */
  port: number
  /** What callers must send as a bearer token or as `x-api-key`. */
  apiKey: string
  /** Milliseconds a whole streamed reply takes; by its length (150 to 400) when left out, 0 for tests. */
  latency?: number
  /** Asked once for each reply: what goes wrong with it. `cut` ends a stream half way. */
  fault?: () => Fault | undefined
}

export type Fault = 'cut' | Extract<RefusalType, 'rate_limit_error' | 'overloaded_error' | 'api_error'>

/**
 * Starts a server that speaks Anthropic's Messages API and answers from scripts instead of a model.
 * It keeps nothing between requests: what it says follows from the conversation it is sent.
 */
export async function startModel(options: ModelOptions): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    serve(request, response, options).catch((cause: unknown) => fail(response, cause))
  })
  server.keepAliveTimeout = 60_000
  const port = await listen(server, options.port)
  return { url: `http://127.0.0.1:${port}`, stop: () => close(server) }
}

async function serve(request: IncomingMessage, response: ServerResponse, options: ModelOptions): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://model').pathname
  const counting = path === '/v1/messages/count_tokens'
  if (request.method !== 'POST' || (path !== '/v1/messages' && !counting))
    throw new Refusal('not_found_error', 'Not found')
  if (!isKey(request, options.apiKey)) throw new Refusal('authentication_error', 'The API key is missing or wrong')
  const asked = await readRequest(request)
  if (!scriptedModels.includes(asked.model)) throw new Refusal('not_found_error', `model: ${asked.model}`)
  if (counting) return sendJson(response, { input_tokens: inputTokens(asked) })
  await reply(response, asked, options)
}

async function reply(response: ServerResponse, asked: MessagesRequest, options: ModelOptions): Promise<void> {
  const fault = options.fault?.()
  if (fault !== undefined && fault !== 'cut') throw new Refusal(fault, 'A fault was asked for')
  const blocks = fit(await answer(asked), asked.max_tokens)
  const message = messageOf(blocks, { model: asked.model, inputTokens: inputTokens(asked) })
  if (asked.stream !== true) return sendJson(response, message)
  const duration = options.latency ?? paceOf(message)
  await stream(response, message, { duration, share: fault === 'cut' ? 0.5 : 1 })
}

const inputTokens = ({ system, tools, messages }: MessagesRequest): number =>
  tokensOf(JSON.stringify([system, tools, messages]))

function isKey({ headers }: IncomingMessage, key: string): boolean {
  const given = headers.authorization?.replace(/^Bearer /i, '') ?? headers['x-api-key']
  if (typeof given !== 'string' || given.length !== key.length) return false
  return timingSafeEqual(Buffer.from(given), Buffer.from(key))
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function fail(response: ServerResponse, cause: unknown): void {
  if (response.headersSent) return void response.destroy()
  if (cause instanceof Refusal) return sendRefusal(response, cause)
  console.error(cause)
  sendRefusal(response, new Refusal('api_error', 'Internal server error'))
}
