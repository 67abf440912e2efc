import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Policy } from '../egress/policy.ts'
import { openEgressProxy, type EgressProxy } from '../egress/proxy.ts'
import { Refusal } from '../http/refusal.ts'
import type { Isolation, Running } from '../isolation/isolation.ts'
import type { Snapshot } from '../options.ts'
import type { Box } from './box.ts'

export type Ground = {
  readonly isolation: Isolation
  /** Private folder for sockets. */
  readonly runtime: string
  readonly folderOf: (box: Box) => string
  readonly firstAppId: number
  readonly pids: number
  readonly snapshotOf: (box: Box) => Snapshot
  readonly policyOf: (box: Box) => Policy
}

type Live = { readonly running: Running; readonly proxy: EgressProxy }

/** What runs now: for each started sandbox its programs and its way out. */
export class RunningBoxes {
  readonly #ground: Ground
  readonly #live = new Map<string, Live>()

  constructor(ground: Ground) {
    this.#ground = ground
  }

  /** Starts a sandbox's programs; `died` is told when they end without `halt`. */
  async launch(box: Box, died: (reason: string) => void): Promise<void> {
    const run = this.#runFolder(box)
    await rm(run, { recursive: true, force: true })
    mkdirSync(join(run, 'inside'), { recursive: true, mode: 0o700 })
    const proxy = await openEgressProxy(join(run, 'inside', 'egress.sock'), () => this.#ground.policyOf(box))
    try {
      const running = await this.#start(box, run)
      this.#live.set(box.id, { running, proxy })
      void running.ended.then((reason) => {
        if (this.#live.get(box.id)?.running !== running) return
        this.#live.delete(box.id)
        void proxy.stop()
        died(reason)
      })
    } catch (thrown) {
      await proxy.stop()
      throw thrown
    }
  }

  async halt(box: Box): Promise<void> {
    const live = this.#live.get(box.id)
    if (!live) return
    this.#live.delete(box.id)
    await live.running.stop()
    await live.proxy.stop()
    await rm(this.#runFolder(box), { recursive: true, force: true })
  }

  /** Where the sandbox's toolbox listens. Refused with 400 unless the sandbox is started. */
  toolboxOf(box: Box): string {
    if (box.state !== 'started') throw new Refusal(400, 'Sandbox is not started')
    return join(this.#runFolder(box), 'inside', 'toolbox.sock')
  }

  async #start(box: Box, run: string): Promise<Running> {
    const { isolation, folderOf, firstAppId, pids, snapshotOf } = this.#ground
    return isolation.launch({
      id: box.id,
      box: folderOf(box),
      run,
      appId: firstAppId + box.slot,
      env: box.env,
      snapshot: snapshotOf(box),
      resources: box.resources,
      pids,
    })
  }

  #runFolder(box: Box): string {
    return join(this.#ground.runtime, String(box.slot))
  }
}
