import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { close, listen } from '../listen.ts'
import { openCommands, type Commands } from './commands.ts'
import { startEngine, type Send } from './engine.ts'
import { encode, outcome } from './replies.ts'

/** `dataDir` is taken as every stand-in takes it; nothing is written there, because nothing here outlives a restart. */
export type RedisOptions = { dataDir?: string; port: number; token: string }
export type Redis = { url: string; port: number; token: string; stop(): Promise<void> }

/** Starts the REST API of Upstash over a Redis in this process (port 0 = any free one). */
export const startRedis = async ({ port, token }: RedisOptions): Promise<Redis> => {
  const engine = await startEngine()
  const desk: Desk = { token, send: engine.send, commands: openCommands(engine.send) }
  const server = createServer((request, response) => void answer(request, response, desk))
  const taken = await listen(server, port).catch(async (cause: unknown) => {
    await engine.stop()
    throw cause
  })
  let stopped: Promise<void> | undefined
  return {
    url: `http://localhost:${taken}`,
    port: taken,
    token,
    stop: () => (stopped ??= close(server).then(() => engine.stop())),
  }
}

type Desk = { token: string; send: Send; commands: Commands }
type Answer = [status: number, body: unknown]
type Asked = { path: string[]; query: URLSearchParams; body: string; base64: boolean }

const LARGEST = 10_000_000

const answer = async (request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> => {
  const [status, body] = await reply(request, desk).catch((cause: unknown): Answer => [
    400,
    { error: cause instanceof Error ? cause.message : String(cause) },
  ])
  request.resume()
  response.writeHead(status, { 'content-type': 'application/json', 'upstash-sync-token': 'local' })
  response.end(JSON.stringify(body))
}

const reply = async (request: IncomingMessage, desk: Desk): Promise<Answer> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://redis')
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? searchParams.get('_token') ?? ''
  searchParams.delete('_token')
  if (!same(token, desk.token)) return [401, { error: 'WRONGPASS invalid or missing auth token' }]
  const asked: Asked = {
    path: pathname.split('/').filter(Boolean).map(decodeURIComponent),
    query: searchParams,
    body: await read(request),
    base64: request.headers['upstash-encoding'] === 'base64',
  }
  const special = SPECIAL.get(asked.path[0] ?? '')
  return special ? special(asked, desk) : single(asked, desk)
}

const single = async ({ path, query, body, base64 }: Asked, { commands }: Desk): Promise<Answer> => {
  const options = [...query].flat().filter((word) => word !== '')
  const wire = path.length ? [...path, ...(body ? [body] : []), ...options] : parse(body)
  return [200, { result: encode(await commands.run(commands.parse(wire)), base64) }]
}

const pipeline = async ({ body, base64 }: Asked, { commands }: Desk): Promise<Answer> => {
  const run = async (wire: unknown) => commands.run(commands.parse(wire))
  const settled = await Promise.allSettled(list(parse(body)).map(run))
  return [200, settled.map((one) => outcome(one.status === 'fulfilled' ? one.value : asError(one.reason), base64))]
}

// Sent in one go, the commands lie side by side on the connection and nobody's come between them.
const transaction = async ({ body, base64 }: Asked, { commands, send }: Desk): Promise<Answer> => {
  const parsed = list(parse(body)).map(commands.parse)
  const queued = Promise.allSettled([send(['MULTI']), ...parsed.map(commands.run)])
  const executed = await send(['EXEC']).then(
    (replies) => list(replies).map((one) => outcome(one, base64)),
    (cause: unknown) => asError(cause),
  )
  const refused = (await queued).find((one) => one.status === 'rejected')
  if (executed instanceof Error) return [400, { error: asError(refused?.reason ?? executed).message }]
  return [200, executed]
}

const SPECIAL = new Map<string, (asked: Asked, desk: Desk) => Promise<Answer>>([
  ['pipeline', pipeline],
  ['multi-exec', transaction],
  ['subscribe', async () => [400, { error: 'ERR subscriptions do not exist locally' }]],
  ['psubscribe', async () => [400, { error: 'ERR subscriptions do not exist locally' }]],
])

const read = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > LARGEST) throw new Error('ERR max request size exceeded')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

const parse = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    throw new Error('ERR failed to parse command')
  }
}

const list = (value: unknown): unknown[] => {
  if (!Array.isArray(value)) throw new Error('ERR failed to parse pipeline request')
  return value
}

const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)))

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
