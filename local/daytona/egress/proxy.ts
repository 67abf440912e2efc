import { lookup } from 'node:dns/promises'
import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { rmSync } from 'node:fs'
import { join } from '../http/join.ts'
import { decide, type Policy, type Target } from './policy.ts'

export type EgressProxy = { stop(): Promise<void> }

const CONNECT_MS = 10_000

/** An HTTP proxy on a unix socket, the only way out of one sandbox. The policy is asked at every request, so it may change. */
export async function openEgressProxy(socketPath: string, policy: () => Policy): Promise<EgressProxy> {
  const sockets = new Set<Duplex>()
  const server = createServer((request, response) => void forward(request, response, policy()))
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('connect', (request, socket, head) => void tunnel({ request, socket, head }, policy()))
  rmSync(socketPath, { force: true })
  await listen(server, socketPath)
  return {
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}

async function listen(server: Server, socketPath: string): Promise<void> {
  await new Promise<void>((ready, failed) => {
    server.once('error', failed)
    server.listen(socketPath, ready)
  })
}

async function resolve(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true, order: 'ipv4first' })
  return found.map(({ address }) => address)
}

type Arrival = { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer }

async function tunnel({ request, socket, head }: Arrival, policy: Policy): Promise<void> {
  socket.on('error', () => socket.destroy())
  const target = targetOf(`http://${request.url ?? ''}`)
  const verdict = target ? await decide(policy, target, resolve) : { refused: 'no target' }
  if (!target || 'refused' in verdict) {
    const reason = 'refused' in verdict ? verdict.refused : ''
    socket.end(
      `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(reason)}\r\n\r\n${reason}`,
    )
    return
  }
  const upstream = connect({ host: verdict.address, port: target.port, timeout: CONNECT_MS })
  upstream.on('timeout', () => upstream.connecting && upstream.destroy(new Error('timeout')))
  upstream.on('error', () => socket.destroy())
  socket.on('close', () => upstream.destroy())
  upstream.once('connect', () => {
    upstream.setTimeout(0)
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    upstream.write(head)
    join(socket, upstream)
  })
}

async function forward(request: IncomingMessage, response: ServerResponse, policy: Policy): Promise<void> {
  const target = targetOf(request.url ?? '')
  const verdict = target
    ? await decide(policy, target, resolve)
    : { refused: 'a proxy request names a whole http:// address' }
  if (!target || 'refused' in verdict) {
    response.writeHead(403, { 'content-type': 'text/plain' }).end('refused' in verdict ? verdict.refused : '')
    return
  }
  const { pathname, search, host } = new URL(request.url ?? '')
  const headers: IncomingMessage['headers'] = { ...request.headers, host, connection: 'close' }
  delete headers['proxy-connection']
  delete headers['proxy-authorization']
  const upstream = httpRequest(
    { host: verdict.address, port: target.port, path: pathname + search, method: request.method, headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    },
  )
  upstream.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()))
  response.on('close', () => upstream.destroy())
  request.pipe(upstream)
}

function targetOf(address: string): Target | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.protocol !== 'http:') return undefined
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 80) }
}
