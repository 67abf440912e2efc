import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deskOf } from '../lib/entry/desk.ts'
import { answer } from './answer.ts'
import type { GatewayContext } from './context.ts'
import { refuse } from './refusal.ts'

interface Options {
  context: GatewayContext
  /** 0 takes any free port. */
  port: number
  host?: string
  /** How long a stream is silent before it is kept open by a comment, in milliseconds. */
  pingMs?: number
}

/** Starts the service. Stopping lets the replies under way come to their end, for a while. */
export async function startGateway({ context, port, host = '127.0.0.1', pingMs = 15_000 }: Options) {
  const desk = deskOf(context)
  const underWay = new Set<Promise<void>>()
  const server = createServer((request, response) => {
    const answered = answer(request, response, { desk, pingMs })
      .catch((error: unknown) => fail(request, response, { context, error }))
      .finally(() => underWay.delete(answered))
    underWay.add(answered)
  })
  // Replies take minutes; a request has to be there within seconds.
  server.requestTimeout = 30_000
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: given } = server.address() as AddressInfo
  return { url: `http://localhost:${given}`, stop: () => close(server, underWay, context) }
}

function fail(request: IncomingMessage, response: ServerResponse, { context, error }: Failed): void {
  context.log('error', 'a request to the gateway failed', { path: request.url, error })
  if (response.headersSent) return void response.destroy()
  refuse(response, 'internal')
}

interface Failed {
  context: GatewayContext
  error: unknown
}

const patienceMs = 20_000

async function close(server: Server, underWay: Set<Promise<void>>, { database }: GatewayContext): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), patienceMs)
  await closed
  clearTimeout(timer)
  // What was answered is kept after the answer.
  await Promise.all(underWay)
  await database.close()
}
