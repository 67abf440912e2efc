import { Problem, type Api } from '#lib/api.ts'
import { paths, type OpenedShare } from '#lib/contract.ts'

const askEvery = 1_500
const longest = 120_000
const lookEvery = 30_000

/** What a link leads to: asked for until the app is awake, and then whether it still leads there. */
export class SharedApp {
  app = $state.raw<OpenedShare | null>(null)
  problem = $state.raw<Problem | null>(null)
  /** Whether it was waited for longer than anybody waits. */
  late = $state(false)
  readonly #api: Api
  readonly #token: string

  constructor(api: Api, token: string) {
    this.#api = api
    this.#token = token
  }

  /** Until the returned function is called. */
  open(): () => void {
    const leaving = new AbortController()
    void this.#open(leaving.signal)
    return () => leaving.abort()
  }

  /** Nobody looks for long: what it runs in may fall asleep. */
  rest(): void {
    if (this.app) this.app = { ...this.app, preview: null }
  }

  /** As at first: what could not be woken is tried anew. */
  forget(): void {
    this.app = null
    this.problem = null
    this.late = false
  }

  async #open(signal: AbortSignal): Promise<void> {
    const until = Date.now() + longest
    for (let again = this.app !== null; !signal.aborted; again = true) {
      const answer = await this.#api.get<OpenedShare>(`${paths.openShare(this.#token)}?again=${again}`, signal)
      if (signal.aborted) return
      if (answer instanceof Problem) return void (this.problem = answer)
      this.problem = null
      this.app = answer
      if (answer.preview) return this.#look(signal)
      if (answer.failed) return
      if (Date.now() > until) return void (this.late = true)
      await pause(askEvery)
    }
  }

  /** A link may end while somebody looks, and its address is a new one after a day; what sleeps is not woken. */
  async #look(signal: AbortSignal): Promise<void> {
    for (;;) {
      await pause(lookEvery)
      if (signal.aborted || !this.app?.preview) return
      const answer = await this.#api.get<OpenedShare>(`${paths.openShare(this.#token)}?again=still`, signal)
      if (signal.aborted) return
      if (answer instanceof Problem && answer.code === 'not_found') return void (this.problem = answer)
      if (!(answer instanceof Problem) && answer.preview && answer.preview.url !== this.app.preview.url)
        this.app = answer
    }
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
