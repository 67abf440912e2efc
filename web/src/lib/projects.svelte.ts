import { Problem, type Api } from './api.ts'
import { paths, type Generation, type Page, type Project, type ProjectId } from './contract.ts'

/** The projects of the person who is signed in, newest first. */
export class Projects {
  items = $state.raw<Project[]>([])
  state = $state.raw<'loading' | 'ready' | Problem>('loading')
  next = $state.raw<string | null>(null)

  readonly #api: Api

  constructor(api: Api) {
    this.#api = api
  }

  async load(): Promise<void> {
    const page = await this.#api.get<Page<Project>>(`${paths.projects()}?limit=12`)
    this.state = page instanceof Problem ? page : 'ready'
    if (page instanceof Problem) return
    this.items = page.items
    this.next = page.next
  }

  async more(): Promise<Problem | undefined> {
    const after = encodeURIComponent(this.next ?? '')
    const page = await this.#api.get<Page<Project>>(`${paths.projects()}?limit=12&after=${after}`)
    if (page instanceof Problem) return page
    this.items = [...this.items, ...page.items]
    this.next = page.next
    return undefined
  }

  /** Opens a project named after the sentence and starts building it at once; a problem may come after the project. */
  async build(prompt: string): Promise<{ project: Project | null; problem: Problem | null }> {
    const project = await this.#api.send<Project>('POST', paths.projects(), { prompt })
    if (project instanceof Problem) return { project: null, problem: project }
    const generation = await this.#api.send<Generation>('POST', paths.generate(project.id), { prompt })
    return { project, problem: generation instanceof Problem ? generation : null }
  }

  async rename(id: ProjectId, name: string): Promise<Problem | undefined> {
    const answer = await this.#api.send<Project>('PUT', paths.project(id), { name })
    if (answer instanceof Problem) return answer
    this.items = this.items.map((project) => (project.id === id ? answer : project))
    return undefined
  }

  async remove(id: ProjectId): Promise<Problem | undefined> {
    const answer = await this.#api.send<undefined>('DELETE', paths.project(id))
    if (answer instanceof Problem) return answer
    this.items = this.items.filter((project) => project.id !== id)
    return undefined
  }
}
