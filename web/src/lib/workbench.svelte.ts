import { Problem, type Api } from './api.ts'
import {
  projectPaths,
  paths,
  type Project,
  type ProjectId,
  type Sandbox,
  type Version,
  type VersionId,
} from './contract.ts'
import { CodeDesk } from './code/desk.svelte.ts'
import { Follow } from './follow/follow.svelte.ts'
import { History } from './follow/history.svelte.ts'
import { m } from './messages.ts'
import { say, sayProblem } from './notify.ts'
import { runtimeOf } from './runtime.ts'
import { withUsual } from './ask/models.ts'
import { Talk } from './ask/talk.svelte.ts'
import type { Turn } from './timeline/timeline-shapes.ts'
import { activeTurn } from './timeline/timeline.ts'
import { Versions } from './versions/versions.svelte.ts'

/** One open project: what it is, what was asked of it, and what one can do with it. */
export class Workbench {
  project = $state.raw<Project | null>(null)
  sandbox = $state.raw<Sandbox | null>(null)
  /** Why nothing can be changed here. */
  readonly readOnly = $derived.by(() => {
    if (this.project?.role === 'viewer' || this.project?.role === 'billing') return 'viewer'
    return this.project?.archivedAt ? 'archived' : null
  })
  /** Why the project cannot be shown. */
  problem = $state.raw<Problem | null>(null)
  /** Why it is not shown: it could not be, or whoever looks at it may not any more. */
  readonly shut = $derived.by(() => {
    const { link } = this.follow
    return this.problem ?? (link instanceof Problem && link.code !== 'unauthenticated' ? link : null)
  })
  /** Milliseconds since 1970, once a second while a run is under way. */
  now = $state(Date.now())
  starting = $state(false)
  readonly id: ProjectId
  readonly follow: Follow
  readonly history: History
  readonly versions: Versions
  /** The Code tab, which may be left meanwhile. */
  readonly code: CodeDesk
  readonly talk: Talk
  readonly active = $derived.by(() => activeTurn(this.follow.timeline))
  /** The models to choose from, the usual one of this project marked. */
  readonly models = $derived.by(() => withUsual(this.talk.models, this.project?.defaultModel ?? null))
  readonly runtime = $derived.by(() => runtimeOf(this.sandbox, this.follow.timeline))
  /** The running app, when there is one to look at. */
  readonly preview = $derived.by(() => {
    const { link, timeline } = this.follow
    // Only who has read the log knows whether the app answers already.
    if (this.project?.archivedAt) return null
    const shows = this.runtime.state === 'started' && timeline.served && link !== 'opening'
    return shows ? this.runtime.preview : null
  })

  readonly #api: Api
  #left = false

  /** `person` names who is at the keyboard. */
  constructor(api: Api, id: ProjectId, person: string) {
    this.#api = api
    this.id = id
    this.versions = new Versions(api, id)
    this.code = new CodeDesk(api, { project: id, person, versions: this.versions })
    this.follow = new Follow(api, id, {
      onVersion: () => void this.versions.load(),
      onRequest: () => void this.#reloadTurns(),
      onQueue: () => void this.talk.queue.load(),
    })
    this.history = new History(api, id, this.follow)
    this.talk = new Talk(
      { api, project: id, person },
      {
        onRequest: (generation) => {
          this.now = Date.now()
          this.follow.add(generation)
        },
        onQueue: () => this.follow.nudge(),
        onRefused: (problem, late) => {
          this.follow.nudge()
          void (late ? say(m.ask_someone_faster()) : sayProblem(problem))
        },
        onBack: async () => void (await Promise.all([this.#reloadTurns(), this.versions.load()])),
      },
    )
  }

  /** Loads the project and follows it until the returned function is called. */
  open(): () => void {
    void this.#load()
    const close = this.talk.outbox.open()
    const clock = setInterval(() => this.active && (this.now = Date.now()), 1000)
    return () => {
      this.#left = true
      clearInterval(clock)
      close()
      this.follow.stop()
    }
  }

  async #load(): Promise<void> {
    const [project, generations, sandbox, latest] = await Promise.all([
      this.#api.get<Project>(paths.project(this.id)),
      this.history.newest(),
      this.#api.get<Sandbox>(projectPaths.sandbox(this.id)),
      this.follow.latest(),
      this.versions.load(),
    ])
    // Nothing begins in a project that nobody looks at any more.
    if (this.#left) return
    this.problem = [project, generations].find((answer) => answer instanceof Problem) ?? null
    if (project instanceof Problem || generations instanceof Problem) return
    this.project = project
    if (!(sandbox instanceof Problem)) this.sandbox = sandbox
    this.#wake(project)
    await this.follow.start(generations, latest)
  }

  /** What begins by itself where something can be changed. */
  #wake({ currentVersionId, activeGenerationId }: Project): void {
    if (this.readOnly) return
    void this.talk.load()
    const asleep = this.sandbox && ['absent', 'stopped'].includes(this.runtime.state)
    if (asleep && currentVersionId && !activeGenerationId) void this.startSandbox()
  }

  /** Why it cannot be shown stands there until that is over. */
  async retry(): Promise<void> {
    if (this.problem) return this.#load()
    this.follow.nudge()
  }

  async #reloadTurns(): Promise<void> {
    const generations = await this.history.newest()
    if (!(generations instanceof Problem)) this.follow.know(generations)
  }

  async cancel(): Promise<Problem | undefined> {
    if (!this.active) return undefined
    const problem = await this.talk.cancel(this.active.id)
    this.follow.nudge()
    return problem
  }

  /** What a request made; of one that was stopped, the version that was left when it had ended. */
  versionOf({ id, versionId }: Turn): Version | undefined {
    const { items } = this.versions
    return items.find((version) => version.id === versionId) ?? items.find(({ generationId }) => generationId === id)
  }

  /** The number of the version with this id, when it is known. */
  numberOf(version: VersionId | null): number | null {
    return this.versions.items.find(({ id }) => id === version)?.number ?? null
  }

  rename(name: string): Promise<Problem | undefined> {
    return this.change({ name })
  }

  async change(
    change: Partial<Pick<Project, 'name' | 'visibility' | 'defaultModel'>> & { archived?: boolean },
  ): Promise<Problem | undefined> {
    const answer = await this.#api.send<Project>('PUT', paths.project(this.id), change)
    if (answer instanceof Problem) return answer
    const wasArchived = this.project?.archivedAt
    this.project = answer
    if (wasArchived) this.#wake(answer)
    return undefined
  }

  async startSandbox(): Promise<Problem | undefined> {
    this.starting = true
    const answer = await this.#api.send<Sandbox>('POST', projectPaths.sandbox(this.id))
    this.starting = false
    if (answer instanceof Problem) return answer
    this.sandbox = answer
    this.follow.nudge(answer.state !== 'started')
    return undefined
  }

  /** Stops and starts it with the settings of now, or makes it anew. */
  async restartSandbox(anew: boolean): Promise<Problem | undefined> {
    const answer = await this.#api.send<Sandbox>('POST', projectPaths.sandboxRestart(this.id), { anew })
    if (answer instanceof Problem) return answer
    this.sandbox = answer
    this.follow.nudge(true)
    return undefined
  }

  async stopSandbox(): Promise<Problem | undefined> {
    const answer = await this.#api.send<Sandbox>('DELETE', projectPaths.sandbox(this.id))
    if (answer instanceof Problem) return answer
    this.sandbox = answer
    this.follow.nudge(true)
    return undefined
  }

  /** Makes an old version current again, as a new one, and shows it. */
  async restore(version: VersionId): Promise<Version | Problem> {
    const answer = await this.versions.restore(version)
    if (!(answer instanceof Problem)) await this.startSandbox()
    return answer
  }

  /** Makes sure that the preview's address, which expires, is still good. */
  async freshPreview(): Promise<void> {
    const expiresAt = Date.parse(this.runtime.preview?.expiresAt ?? '')
    if (expiresAt - Date.now() > 60_000) return
    const answer = await this.#api.get<Sandbox>(projectPaths.sandbox(this.id))
    if (!(answer instanceof Problem)) this.sandbox = answer
  }

  async openPreview(): Promise<void> {
    await this.freshPreview()
    if (this.runtime.preview) open(this.runtime.preview.url, '_blank', 'noopener')
  }
}
