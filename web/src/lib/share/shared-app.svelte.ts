import { Problem, type Api } from '#lib/api.ts'
import { paths, type OpenedShare } from '#lib/contract.ts'

const askEvery = 1_500
const longest = 120_000

/** What a link leads to: asked for until the app is awake. */
export class SharedApp {
  app = $state.raw<OpenedShare | null>(null)
  problem = $state.raw<Problem | null>(null)
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

  async #open(signal: AbortSignal): Promise<void> {
    const until = Date.now() + longest
    for (let again = false; !signal.aborted; again = true) {
      const answer = await this.#api.get<OpenedShare>(`${paths.openShare(this.#token)}?again=${again}`, signal)
      if (signal.aborted) return
      if (answer instanceof Problem) return void (this.problem = answer)
      this.problem = null
      this.app = answer
      if (answer.preview || answer.failed || Date.now() > until) return
      await new Promise((resolve) => setTimeout(resolve, askEvery))
    }
  }
}
