import { Problem, type Api } from '#lib/api.ts'
import {
  projectPaths,
  paths,
  type Guest,
  type GuestRole,
  type Guests,
  type InvitationId,
  type InvitedGuest,
  type ProjectId,
  type UserId,
} from '#lib/contract.ts'

export interface WantedGuest {
  email: string
  role: GuestRole
}

/** With whom one project is shared. What is changed shows at once, and goes back when it is refused. */
export class GuestList {
  items = $state.raw<readonly Guest[]>([])
  invited = $state.raw<readonly InvitedGuest[]>([])
  state = $state.raw<'loading' | 'ready' | Problem>('loading')

  readonly #api: Api
  readonly #project: ProjectId

  constructor(api: Api, project: ProjectId) {
    this.#api = api
    this.#project = project
  }

  async load(): Promise<void> {
    const found = await this.#api.get<Guests>(projectPaths.guests(this.#project))
    this.state = found instanceof Problem ? found : 'ready'
    if (found instanceof Problem) return
    this.items = found.items
    this.invited = found.invited
  }

  async invite(wanted: WantedGuest): Promise<Problem | undefined> {
    const made = await this.#api.send<InvitedGuest>('POST', projectPaths.guests(this.#project), wanted)
    if (made instanceof Problem) return made
    this.invited = [made, ...this.invited]
    return undefined
  }

  revoke(id: InvitationId): Promise<Problem | undefined> {
    this.invited = this.invited.filter((each) => each.id !== id)
    return this.#stored(this.#api.send('DELETE', paths.guestInvitation(this.#project, id)))
  }

  setRole(id: UserId, role: GuestRole): Promise<Problem | undefined> {
    this.items = this.items.map((each) => (each.id === id ? { ...each, role } : each))
    return this.#stored(this.#api.send('PUT', projectPaths.guest(this.#project, id), { role }))
  }

  remove(id: UserId): Promise<Problem | undefined> {
    this.items = this.items.filter((each) => each.id !== id)
    return this.#stored(this.#api.send('DELETE', projectPaths.guest(this.#project, id)))
  }

  /** What was refused is read again as it is. */
  async #stored(asked: Promise<unknown>): Promise<Problem | undefined> {
    const answer = await asked
    if (!(answer instanceof Problem)) return undefined
    await this.load()
    return answer
  }
}
