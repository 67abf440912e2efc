import { Problem, type Api } from '#lib/api.ts'
import { projectPaths, type GenerationId, type ProjectId, type Quote } from '#lib/contract.ts'
import type { Request } from './request.ts'

const breath = 500

/** What a request would cost, asked for once it has stayed the same for half a second. */
export class Price {
  quote = $state.raw<Quote | null>(null)
  problem = $state.raw<Problem | null>(null)
  asking = $state(false)

  readonly #api: Api
  readonly #project: ProjectId
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Counts what was asked, so that a late answer to earlier words is not shown. */
  #round = 0

  constructor(api: Api, project: ProjectId) {
    this.#api = api
    this.#project = project
  }

  /** Without words nothing is asked. */
  ask({ prompt, mode, model, attachments }: Request, retryOf?: GenerationId): void {
    clearTimeout(this.#timer)
    const round = ++this.#round
    this.asking = prompt !== ''
    if (prompt === '') {
      this.quote = null
      this.problem = null
      return
    }
    const body = { prompt, mode, attachments, ...(model && { model }), ...(retryOf && { retryOf }) }
    this.#timer = setTimeout(() => void this.#ask(body, round), breath)
  }

  async #ask(body: object, round: number): Promise<void> {
    const answer = await this.#api.send<Quote>('POST', projectPaths.quote(this.#project), body)
    if (round !== this.#round) return
    this.asking = false
    this.quote = answer instanceof Problem ? null : answer
    this.problem = answer instanceof Problem ? answer : null
  }
}
