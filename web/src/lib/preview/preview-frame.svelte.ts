import { m } from '#lib/messages.ts'
import { AppLog } from './app-log.svelte.ts'
import {
  originOf,
  readMessage,
  withError,
  type Editable,
  type FrameMessage,
  type PickedElement,
  type Route,
  type SeenError,
} from './frame-messages.ts'

export interface Picked {
  element: PickedElement
  /** Null where nobody knows which code made it. */
  edit: Editable | null
}

const start: Route = { path: '/', links: [], back: false, forward: false }
const mostSeen = 50
const pictureWithin = 10_000

/** What the page talks about with the app in its preview: where somebody is in it, what they point at, and what fails. */
export class PreviewFrame {
  /** Whether the app's page carries a script that answers us, and whether it is the whole of it; projects of old have less. */
  ready = $state(false)
  whole = $state(false)
  picking = $state(false)
  route = $state.raw<Route>(start)
  /** Places of the app that were seen, or that a seen page leads to. */
  places = $state.raw<readonly string[]>([])
  /** What failed since the app's page was loaded, oldest first. */
  errors = $state.raw<readonly SeenError[]>([])
  readonly log = new AppLog()

  #frame: HTMLIFrameElement | null = null
  #picked: (picked: Picked | null) => void = () => {}
  #pictured: (bytes: ArrayBuffer | null) => void = () => {}

  /** Talks with this frame until the returned function is called. */
  attach = (frame: HTMLIFrameElement): (() => void) => {
    this.#frame = frame
    const listening = new AbortController()
    frame.addEventListener('load', () => this.#loaded(), listening)
    addEventListener('message', (event) => this.#hear(event), listening)
    return () => {
      listening.abort()
      this.#frame = null
      this.#begin()
    }
  }

  /** Starts anew: what fails from now on is told, also what was told before. */
  listen(): void {
    this.errors = []
    this.#tell('forget')
    this.#tell('listen')
  }

  go(path: string): void {
    this.#tell('go', { path })
  }

  step(way: 'back' | 'forward'): void {
    this.#tell(way)
  }

  /** The page says anew where it is and leads to. */
  askWhere(): void {
    this.#tell('where')
  }

  /** False where the page cannot do it by itself. */
  reload(): boolean {
    if (!this.whole) return false
    this.#tell('reload')
    return true
  }

  /** Shows a change of an element, takes back all that were shown, or lets them be as they are. */
  show(change: { everjust: 'style' | 'text'; id: number; name?: string; value: string } | 'discard' | 'keep'): void {
    if (typeof change === 'string') return this.#tell(change)
    const { everjust, ...more } = change
    this.#tell(everjust, more)
  }

  /** A picture of what the frame shows now; null when none can be made. */
  async picture(): Promise<Blob | null> {
    if (!this.whole) return null
    const made = Promise.withResolvers<ArrayBuffer | null>()
    this.#pictured = made.resolve
    const late = setTimeout(() => made.resolve(null), pictureWithin)
    this.#tell('picture')
    const bytes = await made.promise
    clearTimeout(late)
    return bytes && new Blob([bytes], { type: 'image/png' })
  }

  /** Resolves with the element that somebody points at, or null when they leave it. */
  pick(): Promise<Picked | null> {
    this.picking = true
    this.#tell('pick')
    // The keys are pressed in the app's page.
    this.#frame?.focus()
    return new Promise((resolve) => (this.#picked = resolve))
  }

  leave(): void {
    this.#tell('leave')
    this.#answer(null)
  }

  forget(error: SeenError): void {
    this.errors = this.errors.filter((other) => other !== error)
  }

  #loaded(): void {
    this.#begin()
    this.log.reloaded()
    this.listen()
  }

  #begin(): void {
    this.ready = false
    this.whole = false
    this.errors = []
    this.#answer(null)
  }

  #tell(everjust: string, more: object = {}): void {
    if (this.#frame) this.#frame.contentWindow?.postMessage({ everjust, ...more }, originOf(this.#frame.src))
  }

  #hear({ source, origin, data }: MessageEvent<unknown>): void {
    const frame = this.#frame
    if (!frame || source !== frame.contentWindow || origin !== originOf(frame.src)) return
    const message = readMessage(data)
    if (!message) return
    const take = this.#takers[message.kind] as (message: FrameMessage) => void
    take(message)
  }

  readonly #takers: { [K in FrameMessage['kind']]: (message: FrameMessage & { kind: K }) => void } = {
    ready: ({ whole }) => {
      this.ready = true
      this.whole = whole
    },
    left: () => this.#answer(null),
    picked: ({ element, edit }) => this.#answer({ element, edit }),
    error: ({ error }) => (this.errors = withError(this.errors, error)),
    log: ({ line }) => this.log.add(line),
    'left-out': ({ count }) => this.log.add({ level: 'warn', text: m.console_left_out({ count }), place: null }),
    request: ({ request }) => this.log.addRequest(request),
    route: ({ route }) => this.#arrive(route),
    picture: ({ bytes }) => this.#pictured(bytes),
  }

  #arrive(route: Route): void {
    this.route = route
    const found = [route.path, ...route.links].filter((place) => !this.places.includes(place))
    this.places = [...this.places, ...found].slice(-mostSeen)
  }

  /** Only to whom asked: a page that answers unasked is not heard. */
  #answer(picked: Picked | null): void {
    if (!this.picking) return
    this.picking = false
    this.#picked(picked)
  }
}
