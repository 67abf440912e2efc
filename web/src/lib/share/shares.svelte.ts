import { Problem, type Api } from '#lib/api.ts'
import { projectPaths, type MadeShare, type ProjectId, type Share, type ShareId, type Shares } from '#lib/contract.ts'

/** The links of a project that lead to its running app. */
export class ShareLinks {
  /** Null until they are loaded. */
  items = $state.raw<readonly Share[] | null>(null)
  /** What was made just now, with its address: nobody can be told that again. */
  made = $state.raw<{ share: Share; url: string } | null>(null)
  readonly #api: Api
  readonly #project: ProjectId

  constructor(api: Api, project: ProjectId) {
    this.#api = api
    this.#project = project
  }

  async load(): Promise<Problem | undefined> {
    const found = await this.#api.get<Shares>(projectPaths.shares(this.#project))
    if (found instanceof Problem) return found
    this.items = found.items
    return undefined
  }

  async make(hours: number): Promise<Problem | undefined> {
    const answer = await this.#api.send<MadeShare>('POST', projectPaths.shares(this.#project), { hours })
    if (answer instanceof Problem) return answer
    const { token, ...share } = answer
    this.made = { share, url: `${location.origin}/share/${token}` }
    this.items = [share, ...(this.items ?? [])]
    return undefined
  }

  /** It is gone at once, and comes back when it could not be ended. */
  async revoke(id: ShareId): Promise<Problem | undefined> {
    const before = this.items ?? []
    this.items = before.filter((share) => share.id !== id)
    const answer = await this.#api.send<undefined>('DELETE', projectPaths.share(this.#project, id))
    if (!(answer instanceof Problem) || answer.code === 'not_found') {
      if (this.made?.share.id === id) this.made = null
      return undefined
    }
    this.#putBack(id, before)
    return answer
  }

  /** Others may have been made or ended meanwhile. */
  #putBack(id: ShareId, before: readonly Share[]): void {
    const at = before.findIndex((share) => share.id === id)
    const share = before[at]
    if (!share) return
    const items = this.items ?? []
    const next = items.findIndex((each) => before.indexOf(each) > at)
    this.items = items.toSpliced(next < 0 ? items.length : next, 0, share)
  }
}
