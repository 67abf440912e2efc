import { Problem, type Api } from '#lib/api.ts'
import {
  accountPaths,
  type ApiKey,
  type ApiKeyId,
  type ApiKeys,
  type MadeKey,
  type NewKey,
  type OrganizationId,
} from '#lib/contract.ts'

/** The keys of a person, or of an organization, that open the API. */
export class Keys {
  /** Null until they are loaded. */
  items = $state.raw<readonly ApiKey[] | null>(null)
  /** What a key may be made for. */
  scopes = $state.raw<readonly string[]>([])
  /** What was made just now: nobody can be told it again. */
  made = $state.raw<MadeKey | null>(null)
  problem = $state.raw<Problem | null>(null)
  readonly #api: Api
  readonly #organization: OrganizationId | null

  constructor(api: Api, organization: OrganizationId | null) {
    this.#api = api
    this.#organization = organization
  }

  async load(): Promise<void> {
    const found = await this.#api.get<ApiKeys>(this.#all())
    this.problem = found instanceof Problem ? found : null
    if (found instanceof Problem) return
    this.items = found.items
    this.scopes = found.scopes
  }

  make(wanted: NewKey): Promise<Problem | undefined> {
    return this.#take(this.#all(), wanted)
  }

  /** Another takes its place; the old one goes on for so long. */
  rotate(id: ApiKeyId, overlapHours: number): Promise<Problem | undefined> {
    const of = this.#organization
    return this.#take(of ? accountPaths.rotateOrganizationKey(of, id) : accountPaths.rotateKey(id), { overlapHours })
  }

  /** It is gone at once, and comes back when it could not be ended. */
  async revoke(id: ApiKeyId): Promise<Problem | undefined> {
    const before = this.items
    this.items = (before ?? []).filter((key) => key.id !== id)
    if (this.made?.id === id) this.made = null
    const of = this.#organization
    const answer = await this.#api.send<undefined>(
      'DELETE',
      of ? accountPaths.organizationKey(of, id) : accountPaths.key(id),
    )
    if (!(answer instanceof Problem) || answer.code === 'not_found') return undefined
    this.items = before
    return answer
  }

  async #take(path: string, body: object): Promise<Problem | undefined> {
    const answer = await this.#api.send<MadeKey>('POST', path, body)
    if (answer instanceof Problem) return answer
    this.made = answer
    await this.load()
    return undefined
  }

  #all(): string {
    return this.#organization ? accountPaths.organizationKeys(this.#organization) : accountPaths.keys()
  }
}
