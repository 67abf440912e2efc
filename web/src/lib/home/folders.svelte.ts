import { Problem, type Api } from '#lib/api.ts'
import { paths, type Folder, type FolderId } from '#lib/contract.ts'
import { inChosen, ofChosen } from '#lib/teams/chosen.ts'

/** The folders that projects lie in. */
export class FolderList {
  items = $state.raw<Folder[]>([])
  readonly #api: Api

  constructor(api: Api) {
    this.#api = api
  }

  async load(): Promise<void> {
    const answer = await this.#api.get<{ items: Folder[] }>(ofChosen(paths.folders()))
    if (!(answer instanceof Problem)) this.items = answer.items
  }

  async add(name: string): Promise<Folder | Problem> {
    const made = await this.#api.send<Folder>('POST', paths.folders(), { name, ...inChosen() })
    if (!(made instanceof Problem)) this.items = [...this.items, made].toSorted(byName)
    return made
  }

  async rename(id: FolderId, name: string): Promise<Problem | undefined> {
    const answer = await this.#api.send<Folder>('PUT', paths.folder(id), { name })
    if (answer instanceof Problem) return answer
    this.items = this.items.map((each) => (each.id === id ? answer : each)).toSorted(byName)
    return undefined
  }

  async remove(id: FolderId): Promise<Problem | undefined> {
    const answer = await this.#api.send('DELETE', paths.folder(id))
    if (answer instanceof Problem) return answer
    this.items = this.items.filter((each) => each.id !== id)
    return undefined
  }
}

const byName = (one: Folder, other: Folder) => one.name.localeCompare(other.name)
