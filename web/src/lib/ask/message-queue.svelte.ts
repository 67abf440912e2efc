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

  async add(request: Request): Promise<WrittenMessage | Problem> {
    const answer = await this.#api.send<WrittenMessage>('POST', paths.queue(this.#project), request)
    await this.#changed()
    return answer
  }

  change(id: MessageId, prompt: string): Promise<Problem | undefined> {
    return this.#write('PUT', paths.queued(this.#project, id), { prompt })
  }

  remove(id: MessageId): Promise<Problem | undefined> {
    this.items = this.items.filter((item) => item.id !== id)
    return this.#write('DELETE', paths.queued(this.#project, id))
  }

  /** Puts a message elsewhere; `to` counts from 0. */
  move(id: MessageId, to: number): Promise<Problem | undefined> {
    const moved = this.items.find((item) => item.id === id)
    if (!moved) return Promise.resolve(undefined)
    this.items = this.items.filter((item) => item !== moved).toSpliced(to, 0, moved)
    return this.#write('PUT', paths.queue(this.#project), { order: this.items.map((item) => item.id) })
  }

  resume(): Promise<Problem | undefined> {
    return this.#write('PUT', paths.queue(this.#project), { resume: true })
  }

  /** The screen is ahead of the answer; what is stored is read afterwards, and what was refused falls back. */
  async #write(method: 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Problem | undefined> {
    const answer = await this.#api.send(method, path, body)
    await this.#changed()
    return answer instanceof Problem ? answer : undefined
  }

  async #changed(): Promise<void> {
    this.#onChange()
    await this.load()
  }
}
