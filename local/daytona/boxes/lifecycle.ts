import type { Events } from '../events.ts'
import { messageOf, Refusal } from '../http/refusal.ts'
import type { Isolation } from '../isolation/isolation.ts'
import type { Box, BoxState } from './box.ts'
import type { RunningBoxes } from './running.ts'
import type { BoxStore } from './store.ts'

export type World = {
  readonly store: BoxStore
  readonly running: RunningBoxes
  readonly isolation: Isolation
  readonly events: Events
  readonly log: (line: string) => void
}

/** Starts, stops and removes sandboxes; what is asked for one sandbox happens in the order of asking. */
export class Lifecycle {
  readonly #world: World
  readonly #queues = new Map<string, Promise<unknown>>()

  constructor(world: World) {
    this.#world = world
  }

  /** Takes up what a former server left: nothing runs any more, and what was half removed is removed. */
  async recover(): Promise<void> {
    for (const box of this.#world.store.all()) {
      if (box.state === 'destroying') await this.destroy(box)
      else if (box.state !== 'archived' && box.state !== 'error') this.#enter(box, 'stopped')
    }
  }

  async start(box: Box): Promise<void> {
    await this.#inOrder(box, async () => {
      if (box.state === 'started') return
      if (box.state === 'destroyed') throw new Refusal(404, `Sandbox with ID or name ${box.id} not found`)
      if (box.state !== 'creating') this.#enter(box, 'starting')
      try {
        await this.#world.running.launch(box, (reason) => this.#fail(box, reason))
        delete box.errorReason
        box.lastActivityAt = new Date().toISOString()
        this.#enter(box, 'started')
      } catch (thrown) {
        this.#fail(box, messageOf(thrown))
      }
    })
  }

  /** Ends everything that runs in it. Its files stay. `reason` is for a stop that nobody asked for. */
  async stop(box: Box, reason?: string): Promise<void> {
    await this.#inOrder(box, async () => {
      if (box.state === 'stopped' || box.state === 'archived' || box.state === 'destroyed') return
      this.#enter(box, 'stopping')
      await this.#world.running.halt(box)
      if (reason === undefined) delete box.errorReason
      else box.errorReason = reason
      this.#enter(box, 'stopped')
    })
    if (box.autoDeleteInterval === 0) await this.destroy(box)
  }

  async archive(box: Box): Promise<void> {
    await this.#inOrder(box, async () => {
      if (box.state === 'archived') return
      if (box.state !== 'stopped') throw new Refusal(400, 'Sandbox is not stopped')
      this.#enter(box, 'archived')
    })
  }

  async destroy(box: Box): Promise<void> {
    await this.#inOrder(box, async () => {
      if (box.state === 'destroyed') return
      this.#enter(box, 'destroying')
      await this.#world.running.halt(box)
      await this.#world.isolation.wipe(this.#world.store.folderOf(box))
      this.#world.store.forget(box)
      this.#enter(box, 'destroyed')
    })
    this.#queues.delete(box.id)
  }

  /** Ends all sandboxes without touching their records: the server goes, and a new one finds them stopped. */
  async haltAll(): Promise<void> {
    await Promise.all(this.#world.store.all().map((box) => this.#inOrder(box, () => this.#world.running.halt(box))))
  }

  #fail(box: Box, reason: string): void {
    box.errorReason = reason
    this.#enter(box, 'error')
    this.#world.log(`sandbox ${box.name}: ${reason}`)
  }

  #enter(box: Box, state: BoxState): void {
    const before = box.state
    box.state = state
    box.updatedAt = new Date().toISOString()
    if (state !== 'destroyed') this.#world.store.save(box)
    this.#world.events.stateChanged(box, before)
  }

  async #inOrder(box: Box, step: () => Promise<void>): Promise<void> {
    const before = this.#queues.get(box.id) ?? Promise.resolve()
    const now = before.catch(() => undefined).then(step)
    this.#queues.set(
      box.id,
      now.catch(() => undefined),
    )
    await now
  }
}
