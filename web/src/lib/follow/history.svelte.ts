import { SvelteSet } from 'svelte/reactivity'
import { Problem, type Api } from '#lib/api.ts'
import {
  projectPaths,
  type EventPage,
  type Generation,
  type GenerationId,
  type Page,
  type ProjectId,
} from '#lib/contract.ts'
import type { Follow } from './follow.svelte.ts'
import type { Turn } from '#lib/timeline/timeline-shapes.ts'
import { turnAt } from '#lib/timeline/timeline.ts'
import { UnderWay } from '#lib/timeline/under-way.ts'

const pageSize = 30
const mostFound = 100
const ends = new Set(['project:generation:complete', 'project:generation:failed', 'project:generation:cancelled'])

/** All requests of a project, known by their numbers and read from the API when somebody comes to see them. */
export class History {
  /** The request that is to be brought into sight; a new object each time. */
  target = $state.raw<{ number: number; focus: boolean } | null>(null)
  /** Whose steps are unfolded: a request that comes into sight again is as it was left. */
  readonly unfolded = new SvelteSet<GenerationId>()
  /** The numbers of those that somebody is at work in: they stay in the page wherever one scrolls. */
  readonly held = new SvelteSet<number>()
  readonly total = $derived.by(() => this.#follow.timeline.turns.at(-1)?.number ?? 0)

  readonly #api: Api
  readonly #id: ProjectId
  readonly #follow: Follow
  /** What is being read already, so that it is not asked for twice. */
  readonly #pages = new UnderWay<number, Problem | undefined>()
  readonly #steps = new UnderWay<GenerationId, Problem | undefined>()

  constructor(api: Api, id: ProjectId, follow: Follow) {
    this.#api = api
    this.#id = id
    this.#follow = follow
  }

  at(number: number): Turn | undefined {
    return turnAt(this.#follow.timeline, number)
  }

  async newest(): Promise<Generation[] | Problem> {
    const page = await this.#read('')
    return page instanceof Problem ? page : page.items
  }

  /** Reads what is not known yet of the requests from one number to another. */
  async want(first: number, last: number): Promise<Problem | undefined> {
    const missing = numbersFrom(Math.max(1, first), Math.min(this.total, last)).filter((number) => !this.at(number))
    const pages = unique(missing.map((number) => Math.ceil(number / pageSize) * pageSize))
    const problems = await Promise.all(pages.map((upTo) => this.#pages.once(upTo, () => this.#page(upTo))))
    return problems.find(Boolean)
  }

  /** Reads what happened in a request, unless that is known. */
  steps(turn: Turn): Promise<Problem | undefined> {
    return turn.told ? Promise.resolve(undefined) : this.#steps.once(turn.id, () => this.#log(turn.id))
  }

  /** Brings a request into sight, whether or not it was read yet; the focus follows unless somebody types elsewhere. */
  async show(number: number, focus = true): Promise<Problem | undefined> {
    const problem = await this.want(number - 5, number + 5)
    if (!problem) this.target = { number: Math.min(Math.max(1, number), this.total), focus }
    return problem
  }

  async showRequest(id: GenerationId): Promise<Problem | undefined> {
    const found = await this.#api.get<Generation>(projectPaths.generation(this.#id, id))
    return found instanceof Problem ? found : this.show(found.number)
  }

  /** The numbers of the newest requests that say these words. */
  async find(words: string): Promise<number[] | Problem> {
    const page = await this.#read(`&q=${encodeURIComponent(words)}`, mostFound)
    return page instanceof Problem ? page : page.items.map(({ number }) => number)
  }

  /** Shows the last request that was made until an instant, or the first one. */
  async showInstant(instant: Date): Promise<Problem | undefined> {
    const page = await this.#read(`&until=${instant.toISOString()}`, 1)
    return page instanceof Problem ? page : this.show(page.items[0]?.number ?? 1)
  }

  async #page(upTo: number): Promise<Problem | undefined> {
    const page = await this.#read(`&upTo=${upTo}`)
    if (page instanceof Problem) return page
    this.#follow.know(page.items)
    return undefined
  }

  #read(query: string, limit = pageSize): Promise<Page<Generation> | Problem> {
    return this.#api.get(`${projectPaths.generations(this.#id)}?limit=${limit}${query}`)
  }

  async #log(id: GenerationId): Promise<Problem | undefined> {
    const events: EventPage['events'] = []
    for (let after = '0'; ;) {
      const page = await this.#api.get<EventPage>(`${projectPaths.events(this.#id)}?generation=${id}&after=${after}`)
      if (page instanceof Problem) return page
      events.push(...page.events)
      if (page.events.length === 0 || page.events.some(({ type }) => ends.has(type))) break
      after = page.next
    }
    this.#follow.tell(id, events)
    return undefined
  }
}

const numbersFrom = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
const unique = (numbers: readonly number[]) => [...new Set(numbers)]
