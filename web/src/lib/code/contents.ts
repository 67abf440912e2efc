import { Problem } from '#lib/api.ts'
import type { FileEntry, VersionId } from '#lib/contract.ts'
import type { Versions } from '#lib/versions/versions.svelte.ts'
import { read, type Content } from './content.ts'

/** What stands in the files of versions, each content asked for once. */
export class Contents {
  readonly #versions: Versions
  readonly #known = new Map<string, Promise<Content | Problem>>()

  constructor(versions: Versions) {
    this.#versions = versions
  }

  /** `version` is one that has this very file. */
  read(version: VersionId, entry: FileEntry): Promise<Content | Problem> {
    const key = `${entry.sha256} ${entry.path}`
    const known = this.#known.get(key)
    if (known) return known
    const asked = read(entry, () => this.#versions.content(version, entry.path))
    this.#known.set(key, asked)
    const forget = () => void this.#known.delete(key)
    asked.then((content) => content instanceof Problem && forget(), forget)
    return asked
  }

  async text(version: VersionId, entry: FileEntry): Promise<string | null> {
    const content = await this.read(version, entry)
    return content instanceof Problem || content.kind !== 'text' ? null : content.text
  }
}
