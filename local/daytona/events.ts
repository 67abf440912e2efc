import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { describeBox, type Box, type BoxState } from './boxes/box.ts'

const PING_MS = 25_000

/** The few words of Engine.IO 4 and Socket.IO 5 that are spoken here. */
const OPEN = '0'
const PING = '2'
const CONNECT = '40'
const DISCONNECT = '41'
const EVENT = '42'
const REFUSE = '44'

/** Tells clients about changes of sandboxes over Socket.IO, as the SDK expects unless it was told to poll. */
export class Events {
  readonly #apiKey: string
  readonly #origin: () => string
  readonly #upgrades = new WebSocketServer({ noServer: true })
  readonly #listeners = new Set<WebSocket>()

  constructor(apiKey: string, origin: () => string) {
    this.#apiKey = apiKey
    this.#origin = origin
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#upgrades.handleUpgrade(request, socket, head, (client) => this.#greet(client))
  }

  created(box: Box): void {
    this.#tell('sandbox.created', describeBox(box, this.#origin()))
  }

  stateChanged(box: Box, oldState: BoxState): void {
    this.#tell('sandbox.state.updated', { sandbox: describeBox(box, this.#origin()), oldState, newState: box.state })
  }

  stop(): void {
    for (const client of this.#upgrades.clients) client.terminate()
  }

  #greet(client: WebSocket): void {
    const hello = { sid: randomUUID(), upgrades: [], pingInterval: PING_MS, pingTimeout: 20_000, maxPayload: 1_000_000 }
    client.send(OPEN + JSON.stringify(hello))
    const timer = setInterval(() => client.send(PING), PING_MS)
    client.on('error', () => client.terminate())
    client.on('message', (message) => this.#answer(client, String(message)))
    client.on('close', () => {
      clearInterval(timer)
      this.#listeners.delete(client)
    })
  }

  #answer(client: WebSocket, message: string): void {
    if (message.startsWith(DISCONNECT)) this.#listeners.delete(client)
    if (!message.startsWith(CONNECT)) return
    if (tokenIn(message.slice(CONNECT.length)) !== this.#apiKey) {
      client.send(REFUSE + JSON.stringify({ message: 'Unauthorized' }))
      return
    }
    this.#listeners.add(client)
    client.send(CONNECT + JSON.stringify({ sid: randomUUID() }))
  }

  #tell(name: string, content: unknown): void {
    const message = EVENT + JSON.stringify([name, content])
    for (const client of this.#listeners) client.send(message)
  }
}

function tokenIn(text: string): unknown {
  try {
    const sent = JSON.parse(text) as { token?: unknown }
    return sent.token
  } catch {
    return undefined
  }
}
