import { Problem, type Api } from '#lib/api.ts'
import {
  projectPaths,
  type CurrentVersion,
  type FileEntry,
  type Page,
  type ProjectId,
  type Version,
  type VersionDiff,
  type VersionId,
} from '#lib/contract.ts'
import { withPage } from './version-list.ts'

/** The stored versions of a project, newest first, and what is in them. */
export class Versions {
  items = $state.raw<Version[]>([])
  state = $state.raw<'loading' | 'ready' | Problem>('loading')
  next = $state.raw<string | null>(null)

  readonly #api: Api
  readonly #id: ProjectId
  readonly #files: Record<VersionId, Promise<FileEntry[] | Problem>> = {}
  #foreseen: Promise<CurrentVersion | Problem> | undefined

  constructor(api: Api, id: ProjectId) {
    this.#api = api
    this.#id = id
  }

  async load(): Promise<void> {
    const page = await this.#page('')
    if (page instanceof Problem) {
      this.state = page
      return
    }
    this.items = withPage(this.items, page.items)
    if (this.items.at(-1)?.id === page.items.at(-1)?.id) this.next = page.next
    this.state = 'ready'
  }

  async more(): Promise<Problem | undefined> {
    const page = await this.#page(this.next ?? '')
    if (page instanceof Problem) return page
    this.items = withPage(this.items, page.items)
    this.next = page.next
    return undefined
  }

  #page(after: string): Promise<Page<Version> | Problem> {
    const query = after ? `?limit=50&after=${encodeURIComponent(after)}` : '?limit=50'
    return this.#api.get(`${projectPaths.versions(this.#id)}${query}`)
  }

  /** A version never changes, so its list of files is asked for once. */
  files(version: VersionId): Promise<FileEntry[] | Problem> {
    const known = this.#files[version]
    if (known) return known
    const asked = this.#allFiles(version)
    this.#files[version] = asked
    void asked.then((files) => {
      if (files instanceof Problem) delete this.#files[version]
    })
    return asked
  }

  /** Asks for the files of the current version already, while the list is still to say which that is. */
  foresee(): void {
    this.#foreseen ??= this.#api.get(projectPaths.currentVersion(this.#id))
  }

  async #allFiles(version: VersionId): Promise<FileEntry[] | Problem> {
    const foreseen = await this.#foreseen
    if (foreseen && !(foreseen instanceof Problem) && foreseen.versionId === version) return foreseen.files
    const found: FileEntry[] = []
    for (let next: string | null = ''; next !== null;) {
      // One answer has room for all that a version may hold.
      const query: string = next && `?after=${encodeURIComponent(next)}`
      const page: Page<FileEntry> | Problem = await this.#api.get(`${projectPaths.files(this.#id, version)}${query}`)
      if (page instanceof Problem) return page
      found.push(...page.items)
      next = page.next
    }
    return found
  }

  content(version: VersionId, path: string): Promise<ArrayBuffer | Problem> {
    return this.#api.bytes(projectPaths.file(this.#id, version, path))
  }

  diff(from: VersionId, to: VersionId): Promise<VersionDiff | Problem> {
    return this.#api.get(projectPaths.diff(this.#id, from, to))
  }

  /** Shows the name at once, and takes it back when it is refused. */
  async rename(version: Version, name: string | null): Promise<Problem | undefined> {
    this.#replace({ ...version, name })
    const answer = await this.#api.send<Version>('PUT', projectPaths.version(this.#id, version.id), { name })
    this.#replace(answer instanceof Problem ? version : answer)
    return answer instanceof Problem ? answer : undefined
  }

  #replace(version: Version): void {
    this.items = this.items.map((other) => (other.id === version.id ? version : other))
  }

  async restore(version: VersionId): Promise<Version | Problem> {
    const answer = await this.#api.send<Version>('POST', projectPaths.restore(this.#id, version))
    if (!(answer instanceof Problem)) await this.load()
    return answer
  }
}
