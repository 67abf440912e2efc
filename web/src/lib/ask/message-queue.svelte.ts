import { Problem, type Api } from '#lib/api.ts'
import { projectPaths, type MessageId, type ProjectId, type Queue, type WrittenMessage } from '#lib/contract.ts'
import type { Request } from './request.ts'

/** The messages that wait until the run before them has ended. */
export class MessageQueue {
  items = $state.raw<Queue['items']>([])
  /** Why the messages do not go on by themselves. */
  paused = $state.raw<string | null>(null)

  readonly #api: Api
  readonly #project: ProjectId
  readonly #onChange: () => void
  /** As the API told it last. */
  #stored: Queue = { items: [], paused: null }
  /** Counts what was asked and written: an answer from before the newest of it is out of date. */
  #round = 0
  /** How much is being written. */
  #writing = 0

  /** `onChange` is called when this page changed what waits. */
  constructor(api: Api, project: ProjectId, onChange: () => void) {
    this.#api = api
    this.#project = project
    this.#onChange = onChange
  }

  async load(): Promise<void> {
    const mine = ++this.#round
    const queue = await this.#api.get<Queue>(projectPaths.queue(this.#project))
    if (queue instanceof Problem || mine !== this.#round || this.#writing > 0) return
    this.#stored = queue
    this.#show(queue)
  }

  async add(request: Request, key: string): Promise<WrittenMessage | Problem> {
    const answer = await this.#api.sendOnce<WrittenMessage>(projectPaths.queue(this.#project), request, key)
    if (!(answer instanceof Problem)) await this.#changed()
    return answer
  }

  change(id: MessageId, prompt: string): Promise<Problem | undefined> {
    const changed = this.items.map((item) => (item.id === id ? { ...item, prompt } : item))
    return this.#write({ items: changed }, this.#api.send('PUT', projectPaths.queued(this.#project, id), { prompt }))
  }

  remove(id: MessageId): Promise<Problem | undefined> {
    const left = this.items.filter((item) => item.id !== id)
    return this.#write({ items: left }, this.#api.send('DELETE', projectPaths.queued(this.#project, id)))
  }

  /** Puts a message elsewhere; `to` counts from 0. */
  move(id: MessageId, to: number): Promise<Problem | undefined> {
    const moved = this.items.find((item) => item.id === id)
    if (!moved) return Promise.resolve(undefined)
    const items = this.items.filter((item) => item !== moved).toSpliced(to, 0, moved)
    const order = items.map((item) => item.id)
    return this.#write({ items }, this.#api.send('PUT', projectPaths.queue(this.#project), { order }))
  }

  resume(): Promise<Problem | undefined> {
    return this.#write({ paused: null }, this.#api.send('PUT', projectPaths.queue(this.#project), { resume: true }))
  }

  /** The screen is ahead of the answer: what was refused falls back at once, and what is stored is read afterwards. */
  async #write(shown: Partial<Queue>, asked: Promise<unknown>): Promise<Problem | undefined> {
    this.#round += 1
    this.#writing += 1
    this.#show(shown)
    const answer = await asked
    this.#writing -= 1
    // As long as more is written, what is stored is not what the screen is to say.
    if (this.#writing > 0) return answer instanceof Problem ? answer : undefined
    if (answer instanceof Problem) this.#show(this.#stored)
    await this.#changed()
    return answer instanceof Problem ? answer : undefined
  }

  #show({ items = this.items, paused = this.paused }: Partial<Queue>): void {
    this.items = items
    this.paused = paused
  }

  async #changed(): Promise<void> {
    this.#onChange()
    await this.load()
  }
}
