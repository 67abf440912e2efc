import { Problem, type Api } from '#lib/api.ts'
import {
  accountPaths,
  type Invitation,
  type InvitationId,
  type Invitations,
  type MadeInvitation,
  type Member,
  type OrganizationId,
  type Role,
  type Team as Told,
  type UserId,
} from '#lib/contract.ts'

export interface Wanted {
  role: Invitation['role']
  hours: number
  email?: string
  uses?: number
  domains?: string[]
}

/** Who belongs to an organization, and who is invited. What is changed shows at once, and goes back when it is refused. */
export class Team {
  members = $state.raw<Member[]>([])
  /** Null where one may not see them. */
  invitations = $state.raw<Invitation[] | null>(null)
  state = $state.raw<'loading' | 'ready' | Problem>('loading')

  readonly #api: Api
  readonly #id: OrganizationId
  readonly #mayInvite: boolean

  constructor(api: Api, id: OrganizationId, mayInvite: boolean) {
    this.#api = api
    this.#id = id
    this.#mayInvite = mayInvite
  }

  async load(): Promise<void> {
    const [members, invitations] = await Promise.all([
      this.#api.get<Told>(accountPaths.team(this.#id)),
      this.#mayInvite ? this.#api.get<Invitations>(accountPaths.invitations(this.#id)) : null,
    ])
    if (invitations && !(invitations instanceof Problem)) this.invitations = invitations.items
    this.state = members instanceof Problem ? members : 'ready'
    if (!(members instanceof Problem)) this.members = members.items
  }

  setRole(id: UserId, role: Role): Promise<Problem | undefined> {
    this.members = this.members.map((each) => (each.id === id ? { ...each, role } : each))
    return this.#stored(this.#api.send('PUT', accountPaths.teamMember(this.#id, id), { role }))
  }

  remove(id: UserId): Promise<Problem | undefined> {
    this.members = this.members.filter((each) => each.id !== id)
    return this.#stored(this.#api.send('DELETE', accountPaths.teamMember(this.#id, id)))
  }

  handTo(id: UserId): Promise<Problem | undefined> {
    return this.#stored(this.#api.send('PUT', accountPaths.organizationOwner(this.#id), { userId: id }))
  }

  async invite(wanted: Wanted): Promise<MadeInvitation | Problem> {
    const made = await this.#api.send<MadeInvitation>('POST', accountPaths.invitations(this.#id), wanted)
    if (!(made instanceof Problem)) this.invitations = [made, ...(this.invitations ?? [])]
    return made
  }

  async revoke(id: InvitationId): Promise<Problem | undefined> {
    this.invitations = this.invitations?.filter((each) => each.id !== id) ?? null
    return this.#stored(this.#api.send('DELETE', accountPaths.invitation(this.#id, id)))
  }

  /** What was refused is read again as it is. */
  async #stored(asked: Promise<unknown>): Promise<Problem | undefined> {
    const answer = await asked
    if (!(answer instanceof Problem)) return undefined
    await this.load()
    return answer
  }
}
