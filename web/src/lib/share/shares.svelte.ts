import { Problem, type Api } from '#lib/api.ts'
import { paths, type MadeShare, type ProjectId, type Share, type ShareId, type Shares } from '#lib/contract.ts'

/** The links of a project that lead to its running app. */
export class ShareLinks {
  /** Null until they are loaded. */
  items = $state.raw<readonly Share[] | null>(null)
  /** The address that was made just now; nobody can be told it again. */
  made = $state<string | null>(null)
  readonly #api: Api
  readonly #project: ProjectId

  constructor(api: Api, project: ProjectId) {
    this.#api = api
    this.#project = project
  }

  async load(): Promise<Problem | undefined> {
    const found = await this.#api.get<Shares>(paths.shares(this.#project))
    if (found instanceof Problem) return found
    this.items = found.items
    return undefined
  }

  async make(hours: number): Promise<Problem | undefined> {
    const answer = await this.#api.send<MadeShare>('POST', paths.shares(this.#project), { hours })
    if (answer instanceof Problem) return answer
    const { token, ...share } = answer
    this.made = `${location.origin}/share/${token}`
    this.items = [share, ...(this.items ?? [])]
    return undefined
  }

  /** It is gone at once, and comes back when it could not be ended. */
  async revoke(id: ShareId): Promise<Problem | undefined> {
    const before = this.items
    this.items = (before ?? []).filter((share) => share.id !== id)
    const answer = await this.#api.send<undefined>('DELETE', paths.share(this.#project, id))
    if (!(answer instanceof Problem) || answer.code === 'not_found') return undefined
    this.items = before
    return answer
  }
}
