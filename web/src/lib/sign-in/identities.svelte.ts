import { Problem, type Api } from '#lib/api.ts'
import { accountPaths, type SignInIdentities, type SignInIdentity } from '#lib/contract.ts'

/** By which accounts a person signs in. What is taken away goes at once, and comes back when it could not be. */
export class Identities {
  /** Null until they are loaded. */
  items = $state.raw<readonly SignInIdentity[] | null>(null)
  problem = $state.raw<Problem | null>(null)
  readonly #api: Api

  constructor(api: Api) {
    this.#api = api
  }

  async load(): Promise<void> {
    const found = await this.#api.get<SignInIdentities>(accountPaths.identities())
    this.problem = found instanceof Problem ? found : null
    if (!(found instanceof Problem)) this.items = found.items
  }

  /** Where the first goes, another takes its place and name: so they are read anew. */
  async takeAway({ id }: SignInIdentity): Promise<Problem | undefined> {
    const before = this.items
    this.items = (before ?? []).filter((each) => each.id !== id)
    const answer = await this.#api.send<undefined>('DELETE', accountPaths.identity(id))
    if (answer instanceof Problem && answer.code !== 'not_found') {
      this.items = before
      return answer
    }
    await this.load()
    return undefined
  }
}
