import type { Api } from '#lib/api.ts'
import type { ProjectId, VersionId } from '#lib/contract.ts'
import type { Versions } from '#lib/versions/versions.svelte.ts'
import { Contents } from './contents.ts'
import type { Draft } from './draft/draft.svelte.ts'
import { Locks } from './locks.svelte.ts'
import { OpenFiles } from './open-files.svelte.ts'

export interface Spot {
  path: string
  /** Null where one is to go on at the place that one left. */
  range: { line: number; column: number; length: number } | null
}

export interface Comparison {
  from: VersionId
  to: VersionId
  /** The one file that is looked at first. */
  path?: string
}

interface Desk {
  project: ProjectId
  /** Who is at the keyboard. */
  person: string
  versions: Versions
}

/** Everything of the Code tab that outlives a look at another tab. */
export class CodeDesk {
  /** Which version is looked at; only the current one can be changed. */
  chosen = $state<VersionId | 'current'>('current')
  side = $state<'files' | 'search'>('files')
  finding = $state(false)
  importing = $state(false)
  /** Which two versions are compared instead of a file shown. */
  comparing = $state.raw<Comparison | null>(null)
  /** Where the editor is to go. */
  spot = $state.raw<Spot | null>(null)
  mayEdit = $state(false)
  readonly files: OpenFiles
  readonly locks: Locks
  readonly contents: Contents
  readonly #begin: (Kind: typeof Draft) => Draft
  #draft: Draft | null = null

  constructor(api: Api, { project, person, versions }: Desk) {
    // Others may sign in to this browser too.
    const place = `${project}:${person}`
    this.files = new OpenFiles(place)
    this.contents = new Contents(versions)
    this.#begin = (Kind) => new Kind({ api, project, place, versions, contents: this.contents })
    this.locks = new Locks(api, project)
  }

  /** What waits to be saved. The Code tab alone asks for it, and has brought the class along. */
  get draft(): Draft {
    if (!this.#draft) throw new ReferenceError('draft')
    return this.#draft
  }

  begin(Kind: typeof Draft): Draft {
    this.#draft ??= this.#begin(Kind)
    return this.#draft
  }

  async load(mayEdit: boolean): Promise<void> {
    this.mayEdit = mayEdit
    await this.locks.load()
  }

  show(path: string, range?: Spot['range']): void {
    this.comparing = null
    this.files.show(path)
    this.spot = range === undefined ? null : { path, range }
  }

  compare(comparison: Comparison): void {
    this.comparing = comparison
  }
}
