import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { parseCursor } from '../../lib/contract/event.ts'
import { liveClose, liveProtocol } from '../../lib/contract/live.ts'
import { mailPath } from '../../lib/contract/mail.ts'
import type { Letters } from '../letters.ts'
import { follow } from './follower.ts'
import { exchange } from './mail.ts'
import type { RunLogs } from './run-log.ts'
import { ticketEnd } from './ticket.ts'
import type { Doors } from './wire.ts'

const pingEvery = 20_000

interface GatewayOptions {
  logs: RunLogs
  doors: () => Doors | undefined
  letters: Letters
  host: string
  port: number
}

/** Serves the events of runs over WebSocket to whoever shows a ticket, the sandbox's mail, and `GET /healthz`. */
export async function startGateway({ logs, doors, letters, host, port }: GatewayOptions) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4096, handleProtocols: () => liveProtocol })
  const server = createServer((request, response) => {
    const isMail = request.method === 'POST' && request.url === mailPath
    if (!isMail) return answer(request, response)
    void exchange(request, response, { doors: doors(), letters }).catch(() => response.destroy())
  })
  server.on('upgrade', (request, stream, head) => void upgrade(request, stream, head))
  const pings = setInterval(() => sockets.clients.forEach(pingOrEnd), pingEvery)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return { port: (server.address() as AddressInfo).port, stop }

  async function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer) {
    stream.on('error', () => stream.destroy())
    const known = doors()
    if (!known) return refuse(stream, '503 Service Unavailable')
    if (!known.origins.includes(request.headers.origin ?? '')) return refuse(stream, '403 Forbidden')
    const end = await ticketEnd(request.headers['sec-websocket-protocol'], known)
    if (end === undefined) return refuse(stream, '401 Unauthorized')
    sockets.handleUpgrade(request, stream, head, (socket) => admit(socket, request.url ?? '/', end))
  }

  function admit(socket: WebSocket, url: string, end: number) {
    const cursor = parseCursor(new URL(url, 'http://gateway').searchParams.get('after') ?? '0')
    if (!cursor) return socket.close(liveClose.invalid, 'not a cursor')
    const expiry = setTimeout(() => socket.close(liveClose.expired, 'ticket expired'), end - Date.now())
    socket.on('close', () => clearTimeout(expiry))
    socket.on('error', () => socket.terminate())
    socket.on('pong', () => waiting.delete(socket))
    follow(socket, cursor, logs)
  }

  async function stop() {
    clearInterval(pings)
    for (const socket of sockets.clients) socket.terminate()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

function answer(request: IncomingMessage, response: ServerResponse) {
  response.statusCode = request.url === '/healthz' ? 200 : 404
  response.end(request.url === '/healthz' ? 'ok' : 'Not found.')
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
