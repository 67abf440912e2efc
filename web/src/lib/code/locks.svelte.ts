import { SvelteSet } from 'svelte/reactivity'
import { Problem, type Api } from '#lib/api.ts'
import { projectPaths, type FileLock, type FileLocks, type ProjectId } from '#lib/contract.ts'

/** The files that no run may change. */
export class Locks {
  readonly paths = new SvelteSet<string>()
  readonly #api: Api
  readonly #project: ProjectId

  constructor(api: Api, project: ProjectId) {
    this.#api = api
    this.#project = project
  }

  async load(): Promise<void> {
    const answer = await this.#api.get<FileLocks>(projectPaths.locks(this.#project))
    if (answer instanceof Problem) return
    this.paths.clear()
    for (const { path } of answer.items) this.paths.add(path)
  }

  /** Shown at once, and taken back when it is refused. */
  async toggle(path: string): Promise<Problem | undefined> {
    const locked = this.paths.has(path)
    this.#show(path, !locked)
    const answer = await this.#api.send<FileLock | undefined>(
      locked ? 'DELETE' : 'PUT',
      projectPaths.lock(this.#project, path),
    )
    if (!(answer instanceof Problem) || (locked && answer.code === 'not_found')) return undefined
    this.#show(path, locked)
    return answer
  }

  #show(path: string, locked: boolean): void {
    if (locked) this.paths.add(path)
    else this.paths.delete(path)
  }
}
