import { Problem, type Api } from '#lib/api.ts'
import type { StyleName, Version, VersionId } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import type { Workbench } from '#lib/workbench.svelte.ts'
import { isValue, type DirectChange, type Refusal } from './direct-change.ts'
import type { Picked, PreviewFrame } from '#lib/preview/preview-frame.svelte.ts'

export interface Waiting extends DirectChange {
  path: string
  /** `src/App.tsx:12:5`. */
  source: string
  /** The version whose code the place is in. */
  version: VersionId
}

export interface Means {
  api: Api
  bench: Workbench
  frame: PreviewFrame
}

/** What somebody changes of the running app by hand: shown at once, saved together as one version. */
export class DirectEdits {
  waiting = $state.raw<readonly Waiting[]>([])
  /** The element that is changed now. */
  picked = $state.raw<Picked | null>(null)
  refused = $state.raw<Refusal | null>(null)
  problem = $state.raw<Problem | null>(null)
  busy = $state(false)
  /** Whether the person may change anything here. */
  readonly mayEdit = $derived.by(() => this.#means.bench.project !== null && this.#means.bench.readOnly !== 'viewer')
  readonly current = $derived(this.waiting.find(({ source }) => source === this.picked?.edit?.source))
  readonly changes = $derived(this.waiting.filter(isChange))
  /** Whether there is anything to see of it. */
  readonly open = $derived(this.picked !== null || this.changes.length > 0)
  readonly #means: Means

  constructor(means: Means) {
    this.#means = means
  }

  take(picked: Picked): void {
    this.picked = picked
    this.problem = null
    const version = this.#means.bench.versions.items[0]?.id
    const { edit } = picked
    this.refused = edit && version ? null : 'place'
    if (!edit || !version || this.current) return
    const [path = '', line, column] = edit.source.split(':')
    const place = { path, source: edit.source, line: Number(line), column: Number(column), version }
    this.waiting = [...this.waiting, { ...place, tag: edit.tag, words: edit.words, styles: {} }]
  }

  /** Takes it on when the code can follow, and shows it. */
  async write(text: string): Promise<void> {
    const { edit } = this.picked ?? {}
    const { current } = this
    if (!edit || !current || !(await this.#can({ ...current, text }))) return
    this.#means.frame.show({ everjust: 'text', id: edit.id, value: text })
    this.#put(current.source, { text })
  }

  async style(name: StyleName, value: string): Promise<void> {
    const { edit } = this.picked ?? {}
    const { current } = this
    if (!edit || !current || !isValue(name, value)) return void (this.refused = 'value')
    const styles = { ...current.styles, [name]: value }
    if (!(await this.#can({ ...current, styles }))) return
    this.#means.frame.show({ everjust: 'style', id: edit.id, name, value })
    this.#put(current.source, { styles: { ...this.current?.styles, [name]: value } })
  }

  discard(): void {
    this.#means.frame.show('discard')
    this.#clear()
  }

  /** Lets go of the element; what was changed of it waits on. */
  close(): void {
    this.picked = null
    this.refused = null
    this.waiting = this.changes
  }

  /** All as one version; made anew on top of a newer one whose code says the same there. */
  async save(tries = 3): Promise<Version | null> {
    const { versions } = this.#means.bench
    this.busy = true
    this.problem = null
    const answer = await this.#save()
    if (!(answer instanceof Problem)) {
      this.#means.frame.show('keep')
      this.#clear()
    }
    const outdated = answer instanceof Problem && answer.code === 'version_outdated'
    if (outdated || !(answer instanceof Problem)) await versions.load()
    this.busy = false
    if (!(answer instanceof Problem)) return answer
    if (outdated && tries > 1) return this.save(tries - 1)
    this.problem = answer
    return null
  }

  async #save(): Promise<Version | Problem> {
    const code = await codeOfEdits()
    return code instanceof Problem ? code : code.save(this.#means, this.changes)
  }

  async #can(change: Waiting): Promise<boolean> {
    const code = await codeOfEdits()
    this.problem = code instanceof Problem ? code : null
    if (code instanceof Problem) return false
    this.refused = await code.objectionTo(this.#means.bench, change)
    return this.refused === null
  }

  #put(source: string, change: Partial<DirectChange>): void {
    this.waiting = this.waiting.map((one) => (one.source === source ? { ...one, ...change } : one))
  }

  #clear(): void {
    this.waiting = []
    this.picked = null
    this.refused = null
  }
}

const isChange = ({ text, styles }: Waiting) => text !== undefined || Object.keys(styles).length > 0

/** What makes code of changes is large, and comes with the first one. */
const codeOfEdits = () =>
  import('./direct-code.ts').catch(() => new Problem('unreachable', m.site_part_away(), m.site_part_reload()))
