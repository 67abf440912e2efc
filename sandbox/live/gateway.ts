import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { parseCursor } from '../../lib/contract/event.ts'
import { liveClose } from '../../lib/contract/live.ts'
import { mailPath } from '../../lib/contract/mail.ts'
import type { Letters } from '../letters.ts'
import { follow } from './follower.ts'
import { exchange } from './mail.ts'
import type { RunLogs } from './run-log.ts'
import { openShell, type Entrant } from './shell.ts'
import { stay } from './stay.ts'
import { admission, type Admission } from './ticket.ts'
import type { Doors } from './wire.ts'

const pingEvery = 20_000
const mostMessage = 64 * 1024
const refusals = { 401: '401 Unauthorized', 403: '403 Forbidden' } as const

interface GatewayOptions {
  logs: RunLogs
  doors: () => Doors | undefined
  letters: Letters
  host: string
  port: number
}

/** Serves the events of runs and shells over WebSocket to whoever shows a ticket, the sandbox's mail, and `GET /healthz`. */
export async function startGateway({ logs, doors, letters, host, port }: GatewayOptions) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostMessage, handleProtocols: firstOf })
  const shell = openShell()
  const server = createServer((request, response) => {
    const isMail = request.method === 'POST' && request.url === mailPath
    if (!isMail) return answer(request, response)
    void exchange(request, response, { doors: doors(), letters }).catch(() => response.destroy())
  })
  server.on('upgrade', (request, stream, head) => void upgrade(request, stream, head).catch(() => stream.destroy()))
  const pings = setInterval(() => sockets.clients.forEach(pingOrEnd), pingEvery)
  await listening(server, { host, port })
  return { port: (server.address() as AddressInfo).port, stop }

  async function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer) {
    stream.on('error', () => stream.destroy())
    const known = doors()
    if (!known) return refuse(stream, '503 Service Unavailable')
    if (!known.origins.includes(request.headers.origin ?? '')) return refuse(stream, '403 Forbidden')
    const admitted = await admission(request.headers['sec-websocket-protocol'], known)
    if (typeof admitted === 'number') return refuse(stream, refusals[admitted])
    sockets.handleUpgrade(request, stream, head, (socket) => {
      watch(socket)
      const query = URL.parse(request.url ?? '/', 'http://gateway')?.searchParams
      if (!query) return socket.close(liveClose.invalid, 'not an address')
      enter({ socket, hear: stay(socket, admitted, doors) }, admitted, query)
    })
  }

  function enter(entrant: Entrant, { purpose, person }: Admission, query: URLSearchParams) {
    if (purpose !== 'events') return shell.enter(entrant, { kind: purpose, person, query: Object.fromEntries(query) })
    const cursor = parseCursor(query.get('after') ?? '0')
    if (!cursor) return entrant.socket.close(liveClose.invalid, 'not a cursor')
    follow(entrant.socket, cursor, logs)
  }

  async function stop() {
    clearInterval(pings)
    shell.close()
    for (const socket of sockets.clients) socket.terminate()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

const listening = (server: Server, at: { host: string; port: number }) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at, resolve)
  })

const firstOf = (protocols: ReadonlySet<string>) => protocols.values().next().value ?? false

function answer(request: IncomingMessage, response: ServerResponse) {
  response.statusCode = request.url === '/healthz' ? 200 : 404
  response.end(request.url === '/healthz' ? 'ok' : 'Not found.')
}

function watch(socket: WebSocket) {
  socket.on('error', () => socket.terminate())
  socket.on('pong', () => waiting.delete(socket))
}

/** Sockets that have not answered the last ping yet. */
const waiting = new WeakSet<WebSocket>()

function pingOrEnd(socket: WebSocket) {
  if (waiting.has(socket)) return socket.terminate()
  waiting.add(socket)
  socket.ping()
}

function refuse(stream: Duplex, status: string) {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
