import { Refusal } from '../../http/refusal.ts'
import type { Environment } from '../process/environment.ts'
import type { Settings } from '../settings.ts'
import { Session } from './session.ts'

/** The sessions of this sandbox, by the id that the client chose. They end with the sandbox. */
export class Sessions {
  readonly #settings: Settings
  readonly #env: Environment
  readonly #sessions = new Map<string, Session>()

  constructor(settings: Settings, env: Environment) {
    this.#settings = settings
    this.#env = env
  }

  open(id: string): Session {
    if (this.#sessions.has(id)) throw new Refusal(409, `session ${id} already exists`)
    const session = new Session(id, this.#settings, this.#env)
    this.#sessions.set(id, session)
    return session
  }

  find(id: string): Session {
    const session = this.#sessions.get(id)
    if (!session) throw new Refusal(404, `session ${id} not found`, 'PROCESS_NOT_FOUND')
    return session
  }

  all(): Session[] {
    return [...this.#sessions.values()]
  }

  /** Takes the session away at once, and resolves when nothing of it runs any more. */
  async close(id: string): Promise<void> {
    const session = this.find(id)
    this.#sessions.delete(id)
    await session.end()
  }
}
