import { Problem, type Api } from '#lib/api.ts'
import {
  projectPaths,
  paths,
  type Generation,
  type GenerationId,
  type Masked,
  type OfferedModel,
  type OfferedModels,
  type ProjectId,
  type StartedGeneration,
} from '#lib/contract.ts'
import { maskedValues, type MaskedValue } from './masked.ts'
import { MessageQueue } from './message-queue.svelte.ts'
import { Outbox } from './outbox.svelte.ts'
import { Price } from './price.svelte.ts'
import type { Request } from './request.ts'
import { boxOf, type Unsent } from './unsent.ts'
import { Wish } from './wish.svelte.ts'

/** Who talks, and to which project. */
export interface Talker {
  api: Api
  project: ProjectId
  /** By whom what is not sent yet is kept: nobody else at this browser sends it. */
  person: string
}

export interface TalkListener {
  /** A run was asked for. */
  onRequest(generation: Generation): void
  /** What waits was changed from here. */
  onQueue(): void
  /** What was said was not taken; `late` when it waits instead, because a run is under way. */
  onRefused(problem: Problem, late: boolean): void
  /** The conversation went back: what is known of its requests is out of date. */
  onBack(): Promise<void>
}

/** What one says to a project, and what is about to be said. */
export class Talk {
  readonly wish: Wish
  readonly price: Price
  readonly queue: MessageQueue
  readonly outbox: Outbox
  /** The models to choose from. */
  models = $state.raw<OfferedModel[]>([])
  /** Whether a request may be put in better words here; not so until it is known. */
  improves = $state(false)
  /** Keys and passwords that were masked in what was sent last. */
  masked = $state.raw<MaskedValue[]>([])

  readonly #api: Api
  readonly #project: ProjectId
  readonly #listener: TalkListener

  constructor({ api, project, person }: Talker, listener: TalkListener) {
    this.#api = api
    this.#project = project
    this.#listener = listener
    this.outbox = new Outbox(boxOf(project, person), {
      deliver: ({ request, way, key }) => (way === 'start' ? this.send(request, key) : this.#wait(request, key)),
      refused: (item, problem) => this.#refused(item, problem),
    })
    this.wish = new Wish(api, project)
    this.price = new Price(api, project)
    this.queue = new MessageQueue(api, project, () => listener.onQueue())
  }

  async load(): Promise<void> {
    const offered = this.#api.get<OfferedModels>(`${paths.models()}?projectId=${this.#project}`)
    const [models] = await Promise.all([offered, this.queue.load()])
    if (models instanceof Problem) return
    this.models = models.items
    this.improves = models.improves
    // A choice that is no longer offered is forgotten.
    if (!models.items.some(({ id }) => id === this.wish.model)) this.wish.model = ''
  }

  /** The price of a run that starts from a button and not from the box. */
  priceOfButton(): Price {
    return new Price(this.#api, this.#project)
  }

  /** Says what stands in the box: it is shown at once, and comes back into the box when it is refused. */
  say(request: Request, running: boolean): void {
    this.wish.clear()
    this.outbox.add({ request, way: running || this.outbox.items.length > 0 ? 'wait' : 'start' })
  }

  async takeBack(key: string): Promise<void> {
    const taken = await this.outbox.takeBack(key)
    if (taken) this.wish.giveBack(taken.request)
  }

  async send(request: Request, key: string = crypto.randomUUID()): Promise<Problem | undefined> {
    const answer = await this.#api.sendOnce<StartedGeneration>(projectPaths.generate(this.#project), request, key)
    if (answer instanceof Problem) return answer
    this.#asked(request.prompt, answer)
    return undefined
  }

  /** Lets a message wait until the run before it has ended. */
  async #wait(request: Request, key: string): Promise<Problem | undefined> {
    const answer = await this.queue.add(request, key)
    if (answer instanceof Problem) return answer
    this.#mask(request.prompt, answer)
    return undefined
  }

  #refused({ request, way }: Unsent, problem: Problem): void {
    const late = problem.code === 'generation_active' && way === 'start'
    if (!late) this.wish.giveBack(request)
    this.#listener.onRefused(problem, late)
  }

  /** Goes back to before an earlier request and asks it again, or asks `prompt` instead. */
  async retry(generationId: GenerationId, prompt?: string): Promise<Problem | undefined> {
    const body = { generationId, ...(prompt && { prompt }), ...this.wish.ownLimit() }
    const answer = await this.#api.send<StartedGeneration>('POST', projectPaths.retry(this.#project), body)
    if (answer instanceof Problem) return answer
    this.wish.limit = ''
    await this.#listener.onBack()
    this.#asked(prompt ?? '', answer)
    return undefined
  }

  async cancel(id: GenerationId): Promise<Problem | undefined> {
    const answer = await this.#api.send<Generation>('POST', projectPaths.cancel(this.#project, id))
    return answer instanceof Problem ? answer : undefined
  }

  async keepSecret(name: string, value: string): Promise<Problem | undefined> {
    const answer = await this.#api.send('PUT', projectPaths.secret(this.#project, name), { value })
    return answer instanceof Problem ? answer : undefined
  }

  #asked(typed: string, generation: StartedGeneration): void {
    this.#mask(typed, generation)
    this.#listener.onRequest(generation)
  }

  #mask(typed: string, { prompt, masked }: { prompt: string; masked: Masked[] }): void {
    this.masked = maskedValues(typed, prompt, masked)
  }
}
