import { Problem, type Api } from '#lib/api.ts'
import { paths, type MessageId, type ProjectId, type Queue, type WrittenMessage } from '#lib/contract.ts'
import type { Request } from './wish.svelte.ts'

/** The messages that wait until the run before them has ended. */
export class MessageQueue {
  items = $state.raw<Queue['items']>([])
  /** Why the messages do not go on by themselves. */
  paused = $state.raw<string | null>(null)

  readonly #api: Api
  readonly #project: ProjectId
  readonly #onChange: () => void

  /** `onChange` is called when this page changed what waits. */
  constructor(api: Api, project: ProjectId, onChange: () => void) {
    this.#api = api
    this.#project = project
    this.#onChange = onChange
  }

  async load(): Promise<void> {
    const queue = await this.#api.get<Queue>(paths.queue(this.#project))
    if (queue instanceof Problem) return
    this.items = queue.items
    this.paused = queue.paused
  }

  async add(request: Request, key: string): Promise<WrittenMessage | Problem> {
    const answer = await this.#api.sendOnce<WrittenMessage>(paths.queue(this.#project), request, key)
    if (!(answer instanceof Problem)) await this.#changed()
    return answer
  }

  change(id: MessageId, prompt: string): Promise<Problem | undefined> {
    const changed = this.items.map((item) => (item.id === id ? { ...item, prompt } : item))
    return this.#write({ items: changed }, this.#api.send('PUT', paths.queued(this.#project, id), { prompt }))
  }

  remove(id: MessageId): Promise<Problem | undefined> {
    const left = this.items.filter((item) => item.id !== id)
    return this.#write({ items: left }, this.#api.send('DELETE', paths.queued(this.#project, id)))
  }

  /** Puts a message elsewhere; `to` counts from 0. */
  move(id: MessageId, to: number): Promise<Problem | undefined> {
    const moved = this.items.find((item) => item.id === id)
    if (!moved) return Promise.resolve(undefined)
    const items = this.items.filter((item) => item !== moved).toSpliced(to, 0, moved)
    const order = items.map((item) => item.id)
    return this.#write({ items }, this.#api.send('PUT', paths.queue(this.#project), { order }))
  }

  resume(): Promise<Problem | undefined> {
    return this.#write({ paused: null }, this.#api.send('PUT', paths.queue(this.#project), { resume: true }))
  }

  /** The screen is ahead of the answer: what was refused falls back at once, and what is stored is read afterwards. */
  async #write(shown: Partial<Queue>, asked: Promise<unknown>): Promise<Problem | undefined> {
    const before = { items: this.items, paused: this.paused }
    Object.assign(this, shown)
    const answer = await asked
    if (answer instanceof Problem) Object.assign(this, before)
    await this.#changed()
    return answer instanceof Problem ? answer : undefined
  }

  async #changed(): Promise<void> {
    this.#onChange()
    await this.load()
  }
}
