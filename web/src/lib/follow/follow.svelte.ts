import { Problem, type Api } from '#lib/api.ts'
import {
  formatCursor,
  parseCursor,
  projectPaths,
  type EventPage,
  type Generation,
  type GenerationId,
  type ProjectId,
} from '#lib/contract.ts'
import { breathIn, patienceIn, type Situation } from './follow-pace.ts'
import { LiveLink } from './live-link.ts'
import { backoff, Pause } from './pause.ts'
import { emptyTimeline, type Timeline } from '#lib/timeline/timeline-shapes.ts'
import { activeTurn, cursorOf, fold, withGenerations, withSteps } from '#lib/timeline/timeline.ts'

const seconds = 1000
/** A page with fewer reaches the end of the log. */
const fewEvents = 80
const hiddenLimit = 5 * 60 * seconds

/** How the page hears of what happens: at first not at all, by socket or by asking, not while unseen, or no longer. */
export type Link = 'opening' | 'following' | 'paused' | 'lost' | Problem

/** What the log tells that is to be read elsewhere. */
export interface FollowListener {
  onVersion(): void
  /** A request that this page did not make has begun. */
  onRequest(): void
  onQueue(): void
}

/** Follows one project. Calls are few on purpose: about two a minute while the sandbox's socket carries a run. */
export class Follow {
  timeline = $state.raw<Timeline>(emptyTimeline)
  link = $state.raw<Link>('opening')

  readonly #api: Api
  readonly #id: ProjectId
  readonly #listener: FollowListener
  readonly #live: LiveLink
  readonly #pause = new Pause()
  readonly #stop = new AbortController()
  #failures = 0
  /** Whether it is known where in the log to go on. */
  #began = false
  #caughtUp = false
  #hiddenAt = 0
  /** Until then something is to be expected although no run is under way; see `Situation`. */
  #startsUntil = 0
  #leavesUntil = 0

  constructor(api: Api, id: ProjectId, listener: FollowListener) {
    this.#api = api
    this.#id = id
    this.#listener = listener
    this.#live = new LiveLink(api, id, {
      cursor: () => this.#cursor(),
      onPage: (page) => this.#heard(page),
      onChange: () => this.#pause.wake(),
    })
  }

  /** The log from the start of the newest request on; what was before is read when somebody wants to see it. */
  latest(): Promise<EventPage | Problem> {
    return this.#api.get<EventPage>(`${projectPaths.events(this.#id)}?after=latest`, this.#stop.signal)
  }

  /** Starts from what the API stores and from the end of the log, and goes on until `stop()`. */
  async start(generations: readonly Generation[], latest: EventPage | Problem): Promise<void> {
    const { signal } = this.#stop
    if (signal.aborted) return
    this.timeline = withGenerations(this.timeline, generations)
    if (!(latest instanceof Problem)) this.#take(latest)
    document.addEventListener('visibilitychange', () => this.#seen(!document.hidden), { signal })
    this.#seen(!document.hidden)
    addEventListener('online', () => this.nudge(), { signal })
    addEventListener('offline', () => this.#lose('lost'), { signal })
    while (!signal.aborted) await this.#turn()
  }

  stop(): void {
    this.#stop.abort()
    this.#live.want(false)
    this.#pause.wake()
  }

  /** Takes in what the API stores of some requests. */
  know(generations: readonly Generation[]): void {
    this.timeline = withGenerations(this.timeline, generations)
  }

  /** Takes in what the log tells of a request whose steps were not read yet. */
  tell(id: GenerationId, events: EventPage['events']): void {
    this.timeline = withSteps(this.timeline, id, events)
  }

  add(generation: Generation): void {
    this.know([generation])
    this.nudge()
  }

  /** Asks for news at once; `expect` keeps asking for a minute. */
  nudge(expect = false): void {
    if (expect) this.#startsUntil = Date.now() + 60 * seconds
    this.#pause.wake()
  }

  async #turn(): Promise<void> {
    if (this.#hiddenAt && Date.now() - this.#hiddenAt > hiddenLimit) return this.#sleepUnseen()
    const patience = this.#caughtUp ? patienceIn(this.#situation()) : 0
    const path = `${projectPaths.events(this.#id)}?after=${this.#cursor()}&wait=${patience}`
    const page = this.#began ? await this.#api.get<EventPage>(path, this.#stop.signal) : await this.latest()
    if (this.#stop.signal.aborted) return
    if (page instanceof Problem) return this.#failed(page)
    this.#take(page)
    if (this.#caughtUp) await this.#pause.wait(breathIn(this.#situation(), page.events.length))
  }

  #take(page: EventPage): void {
    this.#failures = 0
    this.#fold(page)
    if (!this.#began) this.timeline = { ...this.timeline, seq: parseCursor(page.next)?.seq ?? this.timeline.seq }
    this.#began = true
    this.#caughtUp ||= page.events.length < fewEvents
    if (this.#caughtUp) this.link = 'following'
  }

  #cursor(): string {
    return formatCursor(cursorOf(this.timeline))
  }

  #heard(page: EventPage): void {
    const before = activeTurn(this.timeline)?.phase
    this.#fold(page)
    if (before !== 'saving' && activeTurn(this.timeline)?.phase === 'saving') this.#pause.wake()
  }

  #fold(page: EventPage): void {
    const before = this.timeline
    this.timeline = page.events.reduce(fold, before)
    this.#tell(before)
    // Held while a run is under way, and only then: otherwise it would keep the sandbox awake.
    const turn = activeTurn(this.timeline)
    this.#live.want(Boolean(turn) && (turn?.state === 'running' || this.timeline.sandbox?.state === 'started'))
  }

  #tell(before: Timeline): void {
    const { turns, version, queue } = this.timeline
    if (turns.length > before.turns.length) this.#listener.onRequest()
    if (!this.#caughtUp) return
    if (version?.id !== before.version?.id) this.#listener.onVersion()
    const stopped = turns.at(-1)?.state === 'cancelled' && activeTurn(before)
    this.#leavesUntil = stopped ? Date.now() + 20 * seconds : this.#leavesUntil
    if (queue !== before.queue) this.#listener.onQueue()
  }

  #situation(): Situation {
    const { timeline } = this
    return { timeline, socket: this.#live.open, startsUntil: this.#startsUntil, leavesUntil: this.#leavesUntil }
  }

  async #failed(problem: Problem): Promise<void> {
    const lasting = ['not_found', 'unauthenticated', 'forbidden', 'suspended'].includes(problem.code)
    this.#lose(lasting ? problem : 'lost')
    await this.#pause.wait(lasting ? 60 * seconds : backoff(++this.#failures + 1))
  }

  #lose(link: 'lost' | Problem): void {
    this.#live.want(false)
    this.link = link
  }

  #seen(visible: boolean): void {
    this.#hiddenAt = visible ? 0 : Date.now()
    // What was done meanwhile, perhaps in another tab, is heard of at once.
    if (visible) this.nudge()
  }

  async #sleepUnseen(): Promise<void> {
    this.#live.want(false)
    this.link = 'paused'
    await this.#pause.wait(hiddenLimit)
  }
}
