import { Problem, type Api } from '#lib/api.ts'
import type { HeldOut } from '#lib/code/zip/held-out.ts'
import type { DeletedProject, Folder, FolderId, Project, ProjectChange } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import { say, sayProblem, sayWithUndo } from '#lib/notify.ts'
import { copyProject } from '#lib/site/copy-project.ts'
import { Places } from '#lib/teams/places.svelte.ts'
import { keepLayout, keptLayout } from './choices.ts'
import { FolderList } from './folders.svelte.ts'
import { Shelf } from './shelf.svelte.ts'
import type { Layout } from './shelf-view.ts'

/** A menu that is open: whose it is, and what it stands beside. */
export interface OpenMenu {
  project: Project
  anchor: HTMLElement
}

/** What a person does at home, with a word on it. */
export class Home {
  readonly shelf: Shelf
  readonly folders: FolderList
  readonly places: Places
  layout = $state<Layout>(keptLayout())
  menu = $state.raw<OpenMenu | null>(null)
  /** What a dialog asks about. */
  asking = $state.raw<{ about: 'rename' | 'icon' | 'visibility'; project: Project } | null>(null)

  /** Files that a project is to begin with, while their dialog is open; `held` is what was dropped. */
  importing = $state.raw<{ held: HeldOut | null } | null>(null)

  readonly #api: Api

  constructor(api: Api) {
    this.#api = api
    this.shelf = new Shelf(api)
    this.folders = new FolderList(api)
    this.places = new Places(api, () => {
      this.shelf.move()
      void this.folders.load()
    })
  }

  load(): void {
    void this.shelf.load()
    void this.folders.load()
    void this.places.load()
  }

  lay(layout: Layout): void {
    this.layout = layout
    keepLayout(layout)
  }

  mark = (project: Project): Promise<void> => this.#told(this.shelf.mark(project))

  change = (project: Project, change: ProjectChange): Promise<void> => this.#told(this.shelf.change(project, change))

  async move(project: Project, folderId: FolderId | null): Promise<void> {
    if (project.folderId === folderId) return
    const trouble = await this.shelf.change(project, { folderId })
    void this.folders.load()
    if (trouble) return sayProblem(trouble)
    const folder = this.folders.items.find(({ id }) => id === folderId)
    const said = folder
      ? m.home_moved({ name: project.name, folder: folder.name })
      : m.home_moved_out({ name: project.name })
    return sayWithUndo(said, () => void this.#moveBack({ ...project, folderId }, project.folderId))
  }

  /** Where it left the shelf that is looked at, it comes back onto it. */
  async #moveBack(project: Project, folderId: FolderId | null): Promise<void> {
    await this.move(project, folderId)
    await this.shelf.load()
  }

  async archive(project: Project, archived: boolean): Promise<void> {
    const trouble = await this.shelf.change(project, { archived })
    if (trouble) return sayProblem(trouble)
    void this.folders.load()
    const { name } = project
    if (!archived) return say(m.home_unarchived({ name }))
    return sayWithUndo(m.home_archived({ name }), () => void this.#unarchive(project))
  }

  async #unarchive(project: Project): Promise<void> {
    await this.#told(this.shelf.change(project, { archived: false }))
    await this.shelf.load()
  }

  async remove(project: Project): Promise<void> {
    const trouble = await this.shelf.remove(project)
    if (trouble) return sayProblem(trouble)
    return sayWithUndo(m.home_deleted({ name: project.name }), () => void this.bringBack(project))
  }

  async bringBack({ id, name }: Project | DeletedProject): Promise<void> {
    const back = await this.shelf.bringBack(id)
    await (back instanceof Problem ? sayProblem(back) : say(m.home_back({ name })))
  }

  async clear({ id, name }: DeletedProject): Promise<void> {
    const trouble = await this.shelf.clear(id)
    await (trouble ? sayProblem(trouble) : say(m.home_cleared({ name })))
  }

  async remix(project: Project): Promise<void> {
    await copyProject(this.#api, project)
  }

  async addFolder(name: string): Promise<Folder | null> {
    const made = await this.folders.add(name)
    if (!(made instanceof Problem)) return made
    void sayProblem(made)
    return null
  }

  async removeFolder(folder: Folder): Promise<void> {
    const trouble = await this.folders.remove(folder.id)
    if (trouble) return sayProblem(trouble)
    this.shelf.folderIsGone(folder)
    return say(m.home_folder_removed({ name: folder.name }))
  }

  async #told(work: Promise<Problem | undefined>): Promise<void> {
    const trouble = await work
    if (trouble) await sayProblem(trouble)
  }
}
