import { Problem, type Api } from '#lib/api.ts'
import type { FileEntry, ProjectId, Version } from '#lib/contract.ts'
import { saveFile } from '#lib/save-file.ts'
import type { Versions } from '#lib/versions.svelte.ts'
import { withLineEnds } from './line-ends.ts'

/** What an edit goes out from: a file as one version has it. */
export interface Opened {
  version: Version
  files: readonly FileEntry[]
  file: FileEntry
  text: string
}

/** A file under somebody's hands; it outlives the tab in which it is shown. */
export class FileEdit {
  text = $state('')
  busy = $state(false)
  problem = $state.raw<Problem | null>(null)
  readonly path: string
  readonly changed = $derived.by(() => this.text !== this.#shown)
  /** The version that was saved since this edit began. */
  readonly newer = $derived.by(() => {
    const [current] = this.#versions.items
    return current && current.id !== this.#opened.version.id ? current : null
  })

  #opened = $state.raw<Opened>() as Opened
  readonly #shown = $derived.by(() => shown(this.#opened.text))
  readonly #api: Api
  readonly #project: ProjectId
  readonly #versions: Versions

  constructor(api: Api, { project, versions, opened }: { project: ProjectId; versions: Versions; opened: Opened }) {
    this.#api = api
    this.#project = project
    this.#versions = versions
    this.#opened = opened
    this.path = opened.file.path
    this.text = shown(opened.text)
  }

  /** The version that was made; null when it was not, and `problem` or `newer` says why. */
  async save(): Promise<Version | null> {
    const { version, files, text } = this.#opened
    const change = { project: this.#project, parentId: version.id, files, path: this.path }
    this.busy = true
    this.problem = null
    const message = `Edit ${this.path}`
    const answer = await saveFile(this.#api, { ...change, text: withLineEnds(this.text, text), message })
    const outdated = answer instanceof Problem && answer.code === 'version_outdated'
    if (outdated || !(answer instanceof Problem)) await this.#versions.load()
    this.busy = false
    if (!(answer instanceof Problem)) return answer
    this.problem = outdated && this.newer ? null : answer
    return null
  }

  /** Goes on from the newest version. What was typed stays if the file is the same there. */
  async takeNewer(): Promise<void> {
    const version = this.newer
    if (!version) return
    this.busy = true
    const opened = await open(this.#versions, version, this.path)
    this.busy = false
    if (opened instanceof Problem) {
      this.problem = opened
      return
    }
    const same = opened.file.sha256 === this.#opened.file.sha256
    this.#opened = opened
    this.problem = null
    if (!same) this.text = shown(opened.text)
  }
}

/** A text file as a version has it. */
export async function open(versions: Versions, version: Version, path: string): Promise<Opened | Problem> {
  const files = await versions.files(version.id)
  if (files instanceof Problem) return files
  const file = files.find((entry) => entry.path === path)
  if (!file)
    return new Problem('not_found', `Version ${version.number} has no ${path}.`, 'Copy your text, then cancel.')
  const bytes = await versions.content(version.id, path)
  return bytes instanceof Problem
    ? bytes
    : { version, files, file, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) }
}

/** As a text field has it. */
const shown = (text: string) => text.replaceAll('\r\n', '\n')
