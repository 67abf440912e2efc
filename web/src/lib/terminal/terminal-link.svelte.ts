import { Problem, type Api } from '#lib/api.ts'
import type { ProjectId, TerminalWord, shellClose } from '#lib/contract.ts'
import { openShell, type NoWay } from '#lib/follow/live-door.ts'
import { backoff } from '#lib/follow/pause.ts'

export type LinkState = 'opening' | 'open' | 'lost' | 'taken' | 'many' | 'failed' | { ended: number } | NoWay

/** What shows a terminal's output. */
export interface Screen {
  size(): { cols: number; rows: number }
  /** Calls `done` once it has been taken in. */
  write(bytes: Uint8Array, done: () => void): void
  /** What stood there is not what comes next. */
  clear(): void
}

const close: typeof shellClose = { ended: 4404, taken: 4409, many: 4429, failed: 4500 }
const expired = 4401
const ackEvery = 16 * 1024
const mostTyped = 8 * 1024
const mostTries = 5

/** One terminal in the sandbox, kept open: the output goes to a screen, what is typed goes there, a cut is mended. */
export class TerminalLink {
  state = $state.raw<LinkState>('opening')
  /** The shell that was there before is gone, and this is another one. */
  anew = $state(false)
  readonly #api: Api
  readonly #project: ProjectId
  readonly #id: string
  readonly #screen: Screen
  #socket: WebSocket | null = null
  /** How much of the output has arrived, has been taken in, and was reported as taken in. */
  #arrived = 0
  #taken = 0
  #told = 0
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #left = false
  /** Counts attempts: of two that are under way the newer one stays. */
  #round = 0

  constructor(api: Api, { project, id, screen }: { project: ProjectId; id: string; screen: Screen }) {
    this.#api = api
    this.#project = project
    this.#id = id
    this.#screen = screen
  }

  async open(): Promise<void> {
    clearTimeout(this.#timer)
    const round = ++this.#round
    const { cols, rows } = this.#screen.size()
    const query = { id: this.#id, from: String(this.#arrived), cols: String(cols), rows: String(rows) }
    const socket = await openShell(this.#api, this.#project, query)
    const overtaken = this.#left || round !== this.#round
    if (typeof socket === 'string' || socket instanceof Problem) {
      if (!overtaken) this.state = socket
      return
    }
    if (overtaken) return socket.close()
    this.#socket = socket
    // Only the one that is used has a say: another one is closed because this one came.
    const used = () => socket === this.#socket
    socket.onmessage = ({ data }) => void (used() && this.#take(data as string | ArrayBuffer))
    socket.onclose = ({ code }) => void (used() && this.#closed(code))
  }

  type(text: string): void {
    // Whole characters, a little at a time: a long paste is more than one message may hold.
    const characters = new TextEncoder()
    for (let at = 0; at < text.length;) {
      const split = text.codePointAt(at + mostTyped - 1) ?? 0
      const end = at + mostTyped + (split > 0xffff ? 1 : 0)
      this.#send(characters.encode(text.slice(at, end)))
      at = end
    }
  }

  resize(size: { cols: number; rows: number }): void {
    this.#send(JSON.stringify({ size }))
  }

  /** Leaves it; it ends some minutes later unless somebody comes back. */
  leave(): void {
    this.#left = true
    clearTimeout(this.#timer)
    if (this.#socket) this.#socket.onclose = null
    this.#socket?.close()
  }

  end(): void {
    this.#send(JSON.stringify({ end: true }))
  }

  #send(message: string | Uint8Array<ArrayBuffer>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(message)
  }

  #take(data: string | ArrayBuffer): void {
    if (typeof data === 'string') return this.#hear(JSON.parse(data) as TerminalWord)
    this.#arrived += data.byteLength
    const upTo = this.#arrived
    this.#screen.write(new Uint8Array(data), () => this.#tookIn(upTo))
  }

  #hear(word: TerminalWord): void {
    if ('ended' in word) {
      this.state = { ended: word.ended.code }
      return
    }
    this.anew = word.fresh && this.#arrived > 0
    if (word.at !== this.#arrived) this.#screen.clear()
    this.#arrived = this.#taken = this.#told = word.at
    this.#failures = 0
    this.state = 'open'
  }

  #tookIn(upTo: number): void {
    this.#taken = upTo
    if (this.#taken - this.#told < ackEvery && this.#taken < this.#arrived) return
    this.#told = this.#taken
    this.#send(JSON.stringify({ taken: this.#told }))
  }

  #closed(code: number): void {
    this.#socket = null
    if (code === close.ended) this.state = typeof this.state === 'object' ? this.state : { ended: 0 }
    else if (code === close.taken) this.state = 'taken'
    else if (code === close.many) this.state = 'many'
    else if (code === expired) void this.open()
    else this.#again(code === close.failed ? 'failed' : 'lost')
  }

  #again(state: 'failed' | 'lost'): void {
    this.#failures += 1
    this.state = this.#failures < mostTries ? 'lost' : state
    if (this.#failures < mostTries) this.#timer = setTimeout(() => void this.open(), backoff(this.#failures))
  }
}
