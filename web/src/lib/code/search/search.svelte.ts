import { Problem, type Api } from '#lib/api.ts'
import {
  findText,
  projectPaths,
  type Found,
  type Match,
  type ProjectId,
  type VersionId,
  type Wanted,
} from '#lib/contract.ts'
import type { Draft } from '#lib/code/draft/draft.svelte.ts'
import { searchSandbox } from './sandbox-search.ts'

interface Where {
  project: ProjectId
  version: VersionId
  /** What was changed by hand is searched as it is now; null where an older version is looked at. */
  draft: Draft | null
}

const most = 500

/** A search in all files: what was asked, and what was found. */
export class Search {
  text = $state('')
  case = $state(false)
  word = $state(false)
  regexp = $state(false)
  include = $state('')
  found = $state.raw<Found | Problem | null>(null)
  busy = $state(false)
  readonly #api: Api
  #round = 0

  constructor(api: Api) {
    this.#api = api
  }

  get wanted(): Wanted {
    return { text: this.text, case: this.case, word: this.word }
  }

  async run(where: Where): Promise<void> {
    const round = ++this.#round
    if (this.text === '') {
      this.found = null
      this.busy = false
      return
    }
    this.busy = true
    const found = await (this.regexp ? this.#inSandbox(where) : this.#inVersion(where))
    if (round !== this.#round) return
    this.found = found
    this.busy = false
  }

  /** Expressions are for the sandbox alone, where one that takes for ever can be ended. */
  #inSandbox({ project }: Where): Promise<Found | Problem> {
    const { case: exact, word, include, text } = this
    return searchSandbox(this.#api, project, { q: text, include, case: exact, word })
  }

  async #inVersion({ project, version, draft }: Where): Promise<Found | Problem> {
    const { text: q, case: exact, word, include } = this
    const query = Object.entries({ q, version, case: exact, word, include })
      .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
      .join('&')
    const stored = await this.#api.get<Found>(`${projectPaths.search(project)}?${query}`)
    return stored instanceof Problem || !draft ? stored : this.#withDraft(stored, draft)
  }

  #withDraft({ files, partial }: Found, { edits }: Draft): Found {
    const changed = edits.map(({ path }) => path)
    const typed = edits.flatMap(({ path, now }) => {
      const matches: Match[] = now && 'text' in now ? findText(now.text, this.wanted, most) : []
      return matches.length > 0 ? [{ path, matches }] : []
    })
    const all = [...files.filter(({ path }) => !changed.includes(path)), ...typed]
    return { files: all.toSorted((a, b) => (a.path < b.path ? -1 : 1)), partial }
  }
}
