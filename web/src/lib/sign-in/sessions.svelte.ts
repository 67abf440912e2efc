import { Problem, type Api } from '#lib/api.ts'
import { accountPaths, paths, type SessionId, type SignedInSession, type SignedInSessions } from '#lib/contract.ts'

/** Where a person is signed in. What is ended goes at once, and comes back when it could not be ended. */
export class Sessions {
  /** Null until they are loaded. */
  items = $state.raw<readonly SignedInSession[] | null>(null)
  problem = $state.raw<Problem | null>(null)
  readonly #api: Api

  constructor(api: Api) {
    this.#api = api
  }

  async load(): Promise<void> {
    const found = await this.#api.get<SignedInSessions>(accountPaths.sessions())
    this.problem = found instanceof Problem ? found : null
    if (!(found instanceof Problem)) this.items = found.items
  }

  end(id: SessionId): Promise<Problem | undefined> {
    return this.#without((session) => session.id === id, paths.session(id))
  }

  endOthers(): Promise<Problem | undefined> {
    return this.#without((session) => !session.current, accountPaths.sessions())
  }

  async #without(gone: (session: SignedInSession) => boolean, path: string): Promise<Problem | undefined> {
    const before = this.items
    this.items = (before ?? []).filter((session) => !gone(session))
    const answer = await this.#api.send<undefined>('DELETE', path)
    if (!(answer instanceof Problem) || answer.code === 'not_found') return undefined
    this.items = before
    return answer
  }
}
