import { Problem, type Api } from '#lib/api.ts'
import {
  accountPaths,
  paths,
  type EngineSettings,
  type OfferedModel,
  type OfferedModels,
  type OrganizationId,
} from '#lib/contract.ts'

/** How one organization uses models, as somebody reads and changes it. */
export class Engine {
  settings = $state.raw<EngineSettings | null>(null)
  /** All models it could allow. */
  models = $state.raw<OfferedModel[]>([])
  problem = $state.raw<Problem | null>(null)

  readonly #api: Api
  readonly #id: OrganizationId

  constructor(api: Api, id: OrganizationId) {
    this.#api = api
    this.#id = id
  }

  async load(): Promise<void> {
    this.problem = null
    const [settings, models] = await Promise.all([
      this.#api.get<EngineSettings>(accountPaths.engine(this.#id)),
      this.#api.get<OfferedModels>(`${paths.models()}?organizationId=${this.#id}&of=possible`),
    ])
    this.#take(settings)
    if (!(models instanceof Problem)) this.models = models.items
    if (settings instanceof Problem) this.problem = settings
  }

  /** What is not named stays. */
  change(change: Partial<Omit<EngineSettings, 'ownModel'>>): Promise<Problem | undefined> {
    return this.#write('PUT', accountPaths.engine(this.#id), change)
  }

  setOwnModel(key: string, url: string): Promise<Problem | undefined> {
    return this.#write('PUT', accountPaths.ownModel(this.#id), { key, ...(url && { url }) })
  }

  removeOwnModel(): Promise<Problem | undefined> {
    return this.#write('DELETE', accountPaths.ownModel(this.#id))
  }

  async #write(method: 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Problem | undefined> {
    return this.#take(await this.#api.send<EngineSettings>(method, path, body))
  }

  #take(answer: EngineSettings | Problem): Problem | undefined {
    if (answer instanceof Problem) return answer
    this.settings = answer
    return undefined
  }
}
