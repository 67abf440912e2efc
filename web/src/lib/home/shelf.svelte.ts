import { Problem, type Api } from '#lib/api.ts'
import {
  paths,
  type DeletedProject,
  type Folder,
  type Page,
  type Project,
  type ProjectChange,
  type ProjectId,
  type ProjectSort,
} from '#lib/contract.ts'
import { ofChosen } from '#lib/teams/chosen.ts'
import { keepSort, keptSort } from './choices.ts'
import { addressOf, fits, sameView, type View } from './shelf-view.ts'

/** The projects one looks at. What is changed shows at once, and goes back when the API refuses it. */
export class Shelf {
  items = $state.raw<Project[]>([])
  deleted = $state.raw<DeletedProject[]>([])
  state = $state.raw<'loading' | 'ready' | Problem>('loading')
  next = $state.raw<string | null>(null)
  view = $state.raw<View>({ kind: 'all' })
  sort = $state.raw<ProjectSort>(keptSort())
  q = $state('')
  /** Whether there is any project at all; null until it is known. */
  any = $state.raw<boolean | null>(null)

  readonly #api: Api
  /** Counts what was asked, so that an answer that comes too late is dropped. */
  #asked = 0
  /** Which of them was answered last. */
  #answered = 0
  /** Resolves when what was changed is stored: what is listed after that must know of it. */
  #stored: Promise<unknown> = Promise.resolve()

  constructor(api: Api) {
    this.#api = api
  }

  async load(): Promise<void> {
    const mine = ++this.#asked
    const { view, sort, q } = this
    await this.#stored
    const answer =
      view.kind === 'deleted'
        ? await this.#api.get<{ items: DeletedProject[] }>(ofChosen(paths.deletedProjects()))
        : await this.#api.get<Page<Project>>(addressOf({ view, sort, q }, null))
    if (mine !== this.#asked) return
    this.#answered = mine
    this.state = answer instanceof Problem ? answer : 'ready'
    if (answer instanceof Problem) return
    if ('next' in answer) this.#take(answer)
    else this.deleted = answer.items
  }

  #take({ items, next }: Page<Project>): void {
    this.items = items
    this.next = next
    if (items.length > 0) this.any = true
    else if (this.view.kind === 'all' && this.q.trim() === '') this.any ??= false
  }

  async more(): Promise<Problem | undefined> {
    // Where the list goes on is not known while another one is under way.
    if (this.#answered !== this.#asked) return undefined
    const mine = ++this.#asked
    const page = await this.#api.get<Page<Project>>(addressOf(this, this.next))
    if (mine !== this.#asked) return undefined
    this.#answered = mine
    if (page instanceof Problem) return page
    // What moved up meanwhile, because it changed, is there already.
    const fresh = page.items.filter(({ id }) => !this.items.some((known) => known.id === id))
    this.items = [...this.items, ...fresh]
    this.next = page.next
    return undefined
  }

  look(view: View): void {
    if (sameView(view, this.view)) return
    this.view = view
    this.#anew()
  }

  /** In another organization all is looked at anew. */
  move(): void {
    this.view = { kind: 'all' }
    this.q = ''
    this.any = null
    this.#anew()
  }

  sortBy(sort: ProjectSort): void {
    this.sort = sort
    keepSort(sort)
    this.#anew()
  }

  search(q: string): void {
    this.q = q
    void this.load()
  }

  #anew(): void {
    this.items = []
    this.next = null
    this.state = 'loading'
    void this.load()
  }

  /** Any change of a project's own fields. */
  async change(project: Project, change: ProjectChange): Promise<Problem | undefined> {
    const shown = shownAs(change)
    const become = this.#show(project.id, shown)
    const answer = await this.#store(this.#api.send<Project>('PUT', paths.project(project.id), change))
    become(answer instanceof Problem ? null : answer)
    return answer instanceof Problem ? answer : undefined
  }

  async mark(project: Project): Promise<Problem | undefined> {
    const become = this.#show(project.id, { favourite: !project.favourite })
    const answer = await this.#store(this.#api.send(project.favourite ? 'DELETE' : 'PUT', paths.favourite(project.id)))
    if (!(answer instanceof Problem)) return undefined
    become(null)
    return answer
  }

  async remove({ id }: Project): Promise<Problem | undefined> {
    const back = this.#without(id)
    const answer = await this.#store(this.#api.send('DELETE', paths.project(id)))
    if (!(answer instanceof Problem)) return undefined
    back()
    return answer
  }

  async bringBack(id: ProjectId): Promise<Project | Problem> {
    const answer = await this.#api.send<Project>('POST', paths.undelete(id))
    if (answer instanceof Problem) return answer
    this.deleted = this.deleted.filter((each) => each.id !== id)
    if (this.view.kind !== 'deleted') void this.load()
    return answer
  }

  /** From now on it cannot be brought back. */
  async clear(id: ProjectId): Promise<Problem | undefined> {
    const answer = await this.#api.send('DELETE', paths.deletedProject(id))
    if (answer instanceof Problem) return answer
    this.deleted = this.deleted.filter((each) => each.id !== id)
    return undefined
  }

  folderIsGone({ id }: Folder): void {
    this.items = this.items.map((each) => (each.folderId === id ? { ...each, folderId: null } : each))
    if (this.view.kind === 'folder' && this.view.id === id) this.look({ kind: 'all' })
  }

  #store<T>(work: Promise<T>): Promise<T> {
    this.#stored = Promise.all([this.#stored, work])
    return work
  }

  /**
   * Shows it so where it stands, or leaves it out where it does not belong any more. Answers how to show what was stored
   * instead, or, without that, what was there before: of these fields only, and not where they were changed again since.
   */
  #show(id: ProjectId, shown: Partial<Project>): (stored: Project | null) => void {
    const before = this.items
    const old = before.find((each) => each.id === id)
    this.#replace(id, (each) => ({ ...each, ...shown }))
    return (stored) => {
      const now = stored ?? old
      if (!now) return
      if (!stored && !this.items.some((each) => each.id === id)) this.items = putBack(this.items, before, id)
      else this.#replace(id, (each) => settled(each, shown, now))
    }
  }

  #replace(id: ProjectId, change: (project: Project) => Project): void {
    const after = this.items.map((each) => (each.id === id ? change(each) : each))
    this.items = after.filter((each) => fits(this.view, each))
  }

  #without(id: ProjectId): () => void {
    const before = this.items
    this.items = before.filter((each) => each.id !== id)
    return () => (this.items = putBack(this.items, before, id))
  }
}

/** One project as and where it was; all others as they are by now. */
function putBack(now: Project[], before: Project[], id: ProjectId): Project[] {
  const old = before.find((each) => each.id === id)
  const rest = now.filter((each) => each.id !== id)
  return old ? rest.toSpliced(before.indexOf(old), 0, old) : rest
}

/** The fields that still show what was put there become those of `now`. */
function settled(project: Project, shown: Partial<Project>, now: Project): Project {
  const fields = Object.keys(shown) as (keyof Project)[]
  const still = fields.filter((field) => project[field] === shown[field])
  return { ...project, ...Object.fromEntries(still.map((field) => [field, now[field]])) }
}

/** A change as the project will show it. */
function shownAs({ name, visibility, icon, folderId, archived }: ProjectChange): Partial<Project> {
  return {
    ...(name !== undefined && { name }),
    ...(visibility !== undefined && { visibility }),
    ...(icon !== undefined && { icon }),
    ...(folderId !== undefined && { folderId }),
    ...(archived !== undefined && { archivedAt: archived ? new Date().toISOString() : null }),
  }
}
