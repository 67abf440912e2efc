import { Problem, type Api } from '#lib/api.ts'
import { accountPaths, paths, type Organization, type OrganizationId, type User } from '#lib/contract.ts'
import { chooseOrganization, chosenOrganization } from './chosen.ts'

/** Where somebody belongs, the personal workspace first, and which of them one looks at. */
export class Places {
  items = $state.raw<User['organizations']>([])
  #chosen = $state.raw(chosenOrganization())
  readonly current = $derived(this.items.find(({ id }) => id === this.#chosen) ?? this.items[0])
  /** Whether one may make projects here; so until the opposite is known. */
  readonly mayBuild = $derived(this.current?.role !== 'viewer' && this.current?.role !== 'billing')

  /** Whether one may make organizations: that can be switched off. */
  readonly mayMake = $derived(this.items[0]?.flags.includes('teams') ?? true)

  readonly #api: Api
  readonly #onmove: () => void

  constructor(api: Api, onmove: () => void) {
    this.#api = api
    this.#onmove = onmove
  }

  async load(): Promise<void> {
    const user = await this.#api.get<User>(paths.user())
    if (user instanceof Problem) return
    this.items = user.organizations
    // Of somebody else who sat here, or left since.
    if (this.#chosen && !this.items.some(({ id }) => id === this.#chosen)) this.choose(null)
  }

  choose(id: OrganizationId | null): void {
    const chosen = this.items.find((each) => each.id === id)?.kind === 'personal' ? null : id
    chooseOrganization(chosen)
    this.#chosen = chosen
    this.#onmove()
  }

  async make(name: string): Promise<Problem | undefined> {
    const made = await this.#api.send<Organization>('POST', accountPaths.organizations(), { name })
    if (made instanceof Problem) return made
    await this.load()
    this.choose(made.id)
    return undefined
  }
}
