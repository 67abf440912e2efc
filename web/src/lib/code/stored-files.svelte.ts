import { Problem } from '#lib/api.ts'
import type { VersionId } from '#lib/contract.ts'
import type { Versions } from '#lib/versions/versions.svelte.ts'
import type { DraftFile } from './draft/draft-shapes.ts'

/** The files of a version that is only looked at. */
export class StoredFiles {
  files = $state.raw<readonly DraftFile[] | null>(null)
  problem = $state.raw<Problem | null>(null)
  readonly #versions: Versions
  #wanted: VersionId | null = null

  constructor(versions: Versions) {
    this.#versions = versions
  }

  async load(version: VersionId): Promise<void> {
    this.#wanted = version
    this.files = null
    this.problem = null
    const found = await this.#versions.files(version)
    if (this.#wanted !== version) return
    if (found instanceof Problem) this.problem = found
    else this.files = found.map((stored) => ({ path: stored.path, mark: null, size: stored.size, stored }))
  }
}
