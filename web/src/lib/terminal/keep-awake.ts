import type { Api } from '#lib/api.ts'
import { projectPaths, type ProjectId } from '#lib/contract.ts'

const every = 60_000

/** A sandbox stays awake while somebody types in it: asking for its state counts as using it. An open terminal alone does not. */
export class KeepAwake {
  readonly #api: Api
  readonly #project: ProjectId
  #last = 0

  constructor(api: Api, project: ProjectId) {
    this.#api = api
    this.#project = project
  }

  typed(now = Date.now()): void {
    if (now - this.#last < every) return
    this.#last = now
    void this.#api.get(projectPaths.sandbox(this.#project))
  }
}
