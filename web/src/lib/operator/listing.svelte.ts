import { Problem, type Api } from '#lib/api.ts'
import type { Page } from '#lib/contract.ts'
import { Reading } from './reading.svelte.ts'

const pageSize = 50

/** A list that can be searched and goes on. */
export class Listing<T> extends Reading<Page<T>> {
  words = $state('')
  busy = $state(false)
  readonly #path: string
  #asked = 0

  constructor(api: Api, path: string, words: string | null) {
    super(api)
    this.#path = path
    this.words = words ?? ''
  }

  /** Of two searches the later one is shown, whichever answers first. */
  async find(): Promise<void> {
    const asked = ++this.#asked
    this.busy = true
    const answer = await this.#read(null)
    if (asked !== this.#asked) return
    this.busy = false
    this.problem = answer instanceof Problem ? answer : null
    if (!(answer instanceof Problem)) this.value = answer
  }

  async more(): Promise<Problem | undefined> {
    const before = this.value
    if (!before?.next) return undefined
    const answer = await this.#read(before.next)
    if (answer instanceof Problem) return answer
    if (this.value === before) this.value = { items: [...before.items, ...answer.items], next: answer.next }
    return undefined
  }

  #read(after: string | null): Promise<Page<T> | Problem> {
    const words = this.words.trim()
    const query = [`limit=${pageSize}`, words && `q=${encodeURIComponent(words)}`, after && `after=${after}`]
    return this.api.get<Page<T>>(`${this.#path}?${query.filter(Boolean).join('&')}`)
  }
}
