import {
  originOf,
  readMessage,
  withError,
  type FrameMessage,
  type PickedElement,
  type SeenError,
} from './frame-messages.ts'

/** What the page talks about with the app in its preview: which element somebody points at, and what fails in the app. */
export class PreviewFrame {
  /** Whether the app's page carries the script that answers us; projects of old do not. */
  ready = $state(false)
  picking = $state(false)
  /** What failed since the app's page was loaded, oldest first. */
  errors = $state.raw<readonly SeenError[]>([])

  #frame: HTMLIFrameElement | null = null
  #picked: (element: PickedElement | null) => void = () => {}

  /** Talks with this frame until the returned function is called. */
  attach = (frame: HTMLIFrameElement): (() => void) => {
    this.#frame = frame
    const listening = new AbortController()
    frame.addEventListener('load', () => this.listen(), listening)
    addEventListener('message', (event) => this.#hear(event), listening)
    return () => {
      listening.abort()
      this.#frame = null
      this.#begin()
    }
  }

  /** Starts anew: the page tells again what fails from now on. */
  listen(): void {
    this.#begin()
    this.#tell('listen')
  }

  /** Resolves with the element that somebody points at, or null when they leave it. */
  pick(): Promise<PickedElement | null> {
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

  #begin(): void {
    this.ready = false
    this.errors = []
    this.#answer(null)
  }

  #tell(everjust: 'listen' | 'pick' | 'leave'): void {
    if (this.#frame) this.#frame.contentWindow?.postMessage({ everjust }, originOf(this.#frame.src))
  }

  #hear({ source, origin, data }: MessageEvent<unknown>): void {
    const frame = this.#frame
    if (!frame || source !== frame.contentWindow || origin !== originOf(frame.src)) return
    const message = readMessage(data)
    if (message) this.#take(message)
  }

  #take(message: FrameMessage): void {
    if (message.kind === 'ready') this.ready = true
    else if (message.kind === 'error') this.errors = withError(this.errors, message.error)
    else this.#answer(message.kind === 'picked' ? message.element : null)
  }

  /** Only to whom asked: a page that answers unasked is not heard. */
  #answer(element: PickedElement | null): void {
    if (!this.picking) return
    this.picking = false
    this.#picked(element)
  }
}
