import { Problem, type Api } from '#lib/api.ts'
import type { EventPage, ProjectId } from '#lib/contract.ts'
import { openSocket, type LiveSocket } from './live-socket.ts'
import { askTicket, keepOpen, type SocketTransport } from './live-ticket.ts'
import { backoff } from './pause.ts'

export interface LiveListener {
  /** Where to go on, as text. */
  cursor(): string
  onPage(page: EventPage): void
  /** The socket opened, or closed without being asked to. */
  onChange(): void
}

const seconds = 1000

/** Keeps a socket to the sandbox while one is wanted: asks for a ticket, opens, and opens again when it breaks. */
export class LiveLink {
  readonly #api: Api
  readonly #id: ProjectId
  readonly #listener: LiveListener
  #wanted = false
  #open = false
  #socket: LiveSocket | null = null
  #transport: SocketTransport | null = null
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Counts attempts, so that an answer that comes late is not taken for that of a newer one. */
  #round = 0

  constructor(api: Api, id: ProjectId, listener: LiveListener) {
    this.#api = api
    this.#id = id
    this.#listener = listener
  }

  get open(): boolean {
    return this.#open
  }

  want(wanted: boolean): void {
    if (wanted === this.#wanted) return
    this.#wanted = wanted
    if (wanted) void this.#connect()
    else this.#drop()
  }

  async #connect(): Promise<void> {
    const round = ++this.#round
    const transport = await this.#ticket()
    if (round !== this.#round) return
    if (!transport) return this.#again(Math.min(60, 2 ** (this.#failures + 1)) * seconds)
    this.#socket = openSocket(transport, this.#listener.cursor(), {
      onOpen: (socket) => {
        keepOpen(socket, this.#api, this.#id)
        this.#failures = 0
        this.#opened(true)
      },
      onPage: (page) => this.#listener.onPage(page),
      onClose: () => {
        this.#socket = null
        this.#opened(false)
        this.#again(0)
      },
    })
  }

  /** A ticket serves until it expires; one that was refused three times is given up earlier. */
  async #ticket(): Promise<SocketTransport | null> {
    const known = this.#transport
    if (known && this.#failures % 3 !== 2 && Date.parse(known.expiresAt) - Date.now() > 5 * seconds) return known
    const found = await askTicket(this.#api, this.#id)
    this.#transport = found === 'asleep' || found instanceof Problem ? null : found
    return this.#transport
  }

  #again(least: number): void {
    this.#timer = setTimeout(() => void this.#connect(), least + backoff(++this.#failures))
  }

  #opened(open: boolean): void {
    if (open === this.#open) return
    this.#open = open
    this.#listener.onChange()
  }

  #drop(): void {
    this.#round += 1
    clearTimeout(this.#timer)
    this.#socket?.close()
    this.#socket = null
    this.#failures = 0
    this.#opened(false)
  }
}
