import { Problem, type Api } from '#lib/api.ts'
import type { ProjectId, Version, VersionId } from '#lib/contract.ts'
import type { Versions } from '#lib/versions/versions.svelte.ts'
import type { Contents } from '#lib/code/contents.ts'
import { isConflict, isSame, type DraftFile, type Edit } from './draft-shapes.ts'
import { filesOf } from './draft-files.ts'
import { keep, readKept } from './kept-drafts.ts'
import { rebase } from './rebase.ts'
import { commitOf } from './draft-commit.ts'
import { saveVersion } from './save-version.ts'
import { backFrom, touchedBy, type Base, type Moment } from './take-back.ts'

interface Means {
  api: Api
  project: ProjectId
  /** Where it is kept in this browser. */
  place: string
  versions: Versions
  contents: Contents
}

/** All that was changed by hand and waits to be saved: as one version, kept over reloads until then. */
export class Draft {
  edits = $state.raw<readonly Edit[]>([])
  folders = $state.raw<readonly string[]>([])
  base = $state.raw<Base | null>(null)
  busy = $state(false)
  problem = $state.raw<Problem | null>(null)
  message = $state('')
  readonly conflicts = $derived.by(() => this.edits.filter(isConflict))
  readonly files = $derived.by(() => filesOf(this.base?.files ?? [], this.edits))

  readonly #means: Means
  #opening: Promise<void> | null = null
  #saving: Promise<Version | null> | null = null

  constructor(means: Means) {
    this.#means = means
  }

  /** Goes on from this version: what waits is put together with it. */
  follow(version: VersionId): Promise<void> {
    this.#opening = (this.#opening ?? Promise.resolve()).then(() => this.#follow(version))
    return this.#opening
  }

  async #follow(version: VersionId): Promise<void> {
    if (this.base?.versionId === version) return
    const { place, versions, contents } = this.#means
    const kept = this.base ? null : await readKept(place)
    const files = await versions.files(version)
    if (files instanceof Problem) {
      this.problem = files
      return
    }
    const from = this.base?.versionId ?? kept?.versionId ?? version
    const edits = this.base ? this.edits : (kept?.edits ?? [])
    if (kept) this.folders = kept.folders
    const move = { contents, from, to: version, files }
    const moved = from === version ? edits : await Promise.all(edits.map((edit) => rebase(edit, move)))
    // What was typed while the contents were read is newer than what they were put together with.
    if (this.base && this.edits !== edits) return this.#follow(version)
    this.base = { versionId: version, files }
    this.#set(moved.filter((edit) => edit !== null))
  }

  find(path: string): Edit | undefined {
    return this.edits.find((edit) => edit.path === path)
  }

  /** What the file is now: typed, moved here, or as the version has it. */
  file(path: string): DraftFile | undefined {
    return this.files.find((file) => file.path === path)
  }

  /** `original` is what the version has; typing it again is no change. */
  write(path: string, text: string, original: string | null): void {
    if (text === original) this.discard(path)
    else this.#put({ ...this.#edit(path), now: { text } })
  }

  remove(path: string): void {
    const edit = this.#edit(path)
    if (edit.base) this.#put({ ...edit, now: null })
    else this.discard(path)
  }

  /** Moves a file, or a folder with all below. */
  move(from: string, to: string): void {
    const below = this.files.filter(({ path }) => path === from || path.startsWith(`${from}/`))
    for (const { path, stored } of below) {
      const target = to + path.slice(from.length)
      const now = this.find(path)?.now ?? (stored ? { stored } : null)
      this.remove(path)
      if (now) this.#put({ ...this.#edit(target), now: 'stored' in now ? { stored: { ...now.stored } } : now })
    }
    this.folders = this.folders.map((folder) =>
      folder === from || folder.startsWith(`${from}/`) ? to + folder.slice(from.length) : folder,
    )
    this.#keep()
  }

  addFolder(path: string): void {
    this.folders = [...this.folders.filter((folder) => folder !== path), path]
    this.#keep()
  }

  removeFolder(path: string): void {
    for (const file of this.files.filter((one) => one.path.startsWith(`${path}/`))) this.remove(file.path)
    this.folders = this.folders.filter((folder) => folder !== path && !folder.startsWith(`${path}/`))
    this.#keep()
  }

  discard(path: string): void {
    this.#set(this.edits.filter((edit) => edit.path !== path))
  }

  discardAll(): void {
    this.folders = []
    this.#set([])
  }

  /** Does it, and answers how it is taken back: what else was typed or saved since stays. */
  reversibly(deed: () => void): () => Promise<void> {
    const { base, edits, folders } = this
    deed()
    const gone = folders.filter((folder) => !this.folders.includes(folder))
    const was = { base, edits, folders: gone }
    const touched = touchedBy(edits, this.edits)
    return () => this.#takeBack(was, touched)
  }

  /** `was` has the folders that went. */
  async #takeBack(was: Moment, touched: readonly string[]): Promise<void> {
    await this.#saving
    const { base } = this
    const back = await backFrom(was, touched, { base, contents: this.#means.contents })
    if (this.busy || this.base !== base) return this.#takeBack(was, touched)
    this.folders = [...this.folders.filter((folder) => !was.folders.includes(folder)), ...was.folders]
    this.#set([...this.edits.filter(({ path }) => !touched.includes(path)), ...back])
  }

  /** Settles a conflict: the newer version's file with what is decided for it; null leaves it to theirs. */
  settle(path: string, now: Edit['now'] | 'theirs'): void {
    const edit = this.find(path)
    if (!edit || !isConflict(edit)) return
    if (now === 'theirs') return this.discard(path)
    this.#put({ path, base: edit.conflict, now })
  }

  /** What a conflict was put together to so far. */
  merge(path: string, text: string): void {
    const edit = this.find(path)
    if (edit && isConflict(edit)) this.#put({ ...edit, now: { text } })
  }

  /** The version that was made, or null: then `problem` or `conflicts` say why. Refused as outdated, it is put together and saved again. */
  save(): Promise<Version | null> {
    this.#saving = this.#save(3)
    return this.#saving
  }

  async #save(tries: number): Promise<Version | null> {
    const { base } = this
    if (!base || this.conflicts.length > 0) return null
    this.busy = true
    this.problem = null
    const saved = this.edits
    const answer = await saveVersion(this.#means.api, {
      project: this.#means.project,
      ...commitOf(base, this.edits, this.message),
    })
    const outdated = answer instanceof Problem && answer.code === 'version_outdated'
    if (!(answer instanceof Problem)) await this.#saved(answer, saved)
    if (outdated || !(answer instanceof Problem)) await this.#means.versions.load()
    const newest = this.#means.versions.items[0]
    if (outdated && newest) await this.follow(newest.id)
    this.busy = false
    if (!(answer instanceof Problem)) return answer
    if (outdated && tries > 1) return this.#save(tries - 1)
    this.problem = answer
    return null
  }

  /** What was typed while it was saved goes on from what was saved. */
  async #saved({ id }: Version, saved: readonly Edit[]): Promise<void> {
    const files = await this.#means.versions.files(id)
    if (files instanceof Problem) return
    const later = this.edits.filter((edit) => !saved.includes(edit))
    this.message = ''
    this.folders = []
    this.base = { versionId: id, files }
    this.#set(later.map((edit) => ({ ...edit, base: files.find(({ path }) => path === edit.path) ?? null })))
  }

  #edit(path: string): Edit {
    return this.find(path) ?? { path, base: this.base?.files.find((file) => file.path === path) ?? null, now: null }
  }

  #put(edit: Edit): void {
    const isBack = edit.now && 'stored' in edit.now && isSame(edit.now.stored, edit.base)
    const others = this.edits.filter(({ path }) => path !== edit.path)
    this.#set(isBack ? others : [...others, edit])
  }

  #set(edits: readonly Edit[]): void {
    this.edits = edits
    this.#keep()
  }

  #keep(): void {
    const { base, edits, folders } = this
    if (!base) return
    const nothing = edits.length === 0 && folders.length === 0
    void keep(this.#means.place, nothing ? null : { versionId: base.versionId, edits, folders })
  }
}
