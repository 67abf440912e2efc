import { Problem, type Api } from './api.ts'
import {
  formatCursor,
  paths,
  type EventPage,
  type Generation,
  type LiveTransports,
  type ProjectId,
} from './contract.ts'
import { openSocket, type LiveSocket } from './live-socket.ts'
import { backoff, Pause } from './pause.ts'
import { activeTurn, cursorOf, emptyTimeline, fold, withGenerations, type Timeline } from './timeline.ts'

const seconds = 1000
const hiddenLimit = 5 * 60 * seconds
const betweenPolls = { live: 20 * seconds, batches: 2.5 * seconds, idle: 45 * seconds }

/** How the page is connected to what happens: by the sandbox's socket, by asking, waiting unseen, or not at all. */
export type Link = 'opening' | 'live' | 'polling' | 'paused' | 'lost' | Problem

/** Follows one project. Calls are few on purpose: at most three a minute while the sandbox's socket carries a run. */
export class Follow {
  timeline = $state.raw<Timeline>(emptyTimeline)
  link = $state.raw<Link>('opening')

  readonly #api: Api
  readonly #id: ProjectId
  readonly #onVersion: () => void
  readonly #pause = new Pause()
  readonly #stop = new AbortController()
  #socket: LiveSocket | null = null
  #socketFailures = 0
  #nextSocketAt = 0
  #failures = 0
  #caughtUp = false
  #hiddenAt = 0
  /** Until then something is expected to happen, although no run is under way: a sandbox that starts. */
  #expectUntil = 0

  /** `onVersion` is called when the log tells of a new version. */
  constructor(api: Api, id: ProjectId, onVersion: () => void) {
    this.#api = api
    this.#id = id
    this.#onVersion = onVersion
  }

  /** Starts from what the API stores, reads the whole log, and goes on until `stop()`. */
  async start(generations: readonly Generation[]): Promise<void> {
    this.timeline = withGenerations(this.timeline, generations)
    document.addEventListener('visibilitychange', this.#visibility, { signal: this.#stop.signal })
    addEventListener('online', () => this.nudge(), { signal: this.#stop.signal })
    while (!this.#stop.signal.aborted) await this.#turn()
  }

  stop(): void {
    this.#stop.abort()
    this.#dropSocket()
    this.#pause.wake()
  }

  add(generation: Generation): void {
    this.timeline = withGenerations(this.timeline, [generation])
    this.nudge()
  }

  /** Asks for news at once; `expect` keeps asking for a minute. */
  nudge(expect = false): void {
    if (expect) this.#expectUntil = Date.now() + 60 * seconds
    this.#nextSocketAt = 0
    this.#pause.wake()
  }

  readonly #visibility = () => {
    this.#hiddenAt = document.hidden ? Date.now() : 0
    if (!document.hidden && this.link === 'paused') this.nudge()
  }

  async #turn(): Promise<void> {
    if (this.#hiddenAt && Date.now() - this.#hiddenAt > hiddenLimit) return this.#sleepUnseen()
    const page = await this.#poll(this.#caughtUp ? this.#patience() : 0)
    if (this.#stop.signal.aborted) return
    if (page instanceof Problem) return this.#failed(page)
    this.#failures = 0
    this.#fold(page)
    this.#caughtUp ||= page.events.length === 0
    if (!this.#caughtUp) return
    this.link = this.#socket && this.link === 'live' ? 'live' : 'polling'
    await this.#tendSocket()
    await this.#pause.wait(this.#breath(page))
  }

  #poll(wait: number): Promise<EventPage | Problem> {
    const after = formatCursor(cursorOf(this.timeline))
    return this.#api.get<EventPage>(`${paths.events(this.#id)}?after=${after}&wait=${wait}`, this.#stop.signal)
  }

  #fold(page: EventPage): void {
    const before = this.timeline.version?.id
    this.timeline = page.events.reduce(fold, this.timeline)
    if (this.#caughtUp && this.timeline.version?.id !== before) this.#onVersion()
  }

  /** How long the API may hold the answer back, in seconds: long only when the news can come no other way. */
  #patience(): number {
    const run = activeTurn(this.timeline)
    if (run) return this.link === 'live' && run.phase !== 'saving' ? 0 : 20
    return this.#expecting() ? 20 : 0
  }

  #breath(page: EventPage): number {
    const run = activeTurn(this.timeline)
    if (!run && !this.#expecting()) return betweenPolls.idle
    if (run && this.link === 'live' && run.phase !== 'saving') return betweenPolls.live
    return page.events.length > 0 && run?.phase ? betweenPolls.batches : 200
  }

  #expecting(): boolean {
    return Date.now() < this.#expectUntil && this.timeline.sandbox?.state !== 'started'
  }

  /** A socket is held while a run is under way, and only then: otherwise it would keep the sandbox awake. */
  async #tendSocket(): Promise<void> {
    const wanted = activeTurn(this.timeline)?.state === 'running'
    if (!wanted) return this.#dropSocket()
    if (this.#socket || Date.now() < this.#nextSocketAt) return
    this.#nextSocketAt = Date.now() + 10 * seconds
    const live = await this.#api.send<LiveTransports>('POST', paths.live(this.#id))
    const transport = live instanceof Problem ? undefined : live.transports.find(({ kind }) => kind === 'ws')
    if (transport?.kind !== 'ws' || this.#stop.signal.aborted) return
    this.#socket = openSocket(transport, formatCursor(cursorOf(this.timeline)), {
      onOpen: () => {
        this.#socketFailures = 0
        this.link = 'live'
      },
      onPage: (page) => this.#heard(page),
      onClose: () => this.#socketClosed(),
    })
  }

  #heard(page: EventPage): void {
    const before = activeTurn(this.timeline)?.phase
    this.#fold(page)
    const now = activeTurn(this.timeline)?.phase
    if (now !== before && now === 'saving') this.#pause.wake()
  }

  #socketClosed(): void {
    this.#socket = null
    this.#nextSocketAt = Date.now() + backoff(++this.#socketFailures)
    if (this.link === 'live') this.link = 'polling'
    this.#pause.wake()
  }

  #dropSocket(): void {
    this.#socket?.close()
    this.#socket = null
    if (this.link === 'live') this.link = 'polling'
  }

  async #failed(problem: Problem): Promise<void> {
    const lasting = ['not_found', 'unauthenticated', 'forbidden'].includes(problem.code)
    this.link = lasting ? problem : 'lost'
    await this.#pause.wait(lasting ? 60 * seconds : backoff(++this.#failures + 1))
  }

  async #sleepUnseen(): Promise<void> {
    this.#dropSocket()
    this.link = 'paused'
    await this.#pause.wait(hiddenLimit)
  }
}
