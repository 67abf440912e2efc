import type { FileStep } from '../contract/recording.ts'
import type { FileEntry } from '../contract/version.ts'
import type { Touch } from './needless.ts'

interface Call {
  name: string
  input: unknown
  ok: boolean
}

export interface RecordedRun {
  /** The files it began with; null are the template's, whose contents count as unknown. */
  start: readonly FileEntry[] | null
  steps: readonly { drift: readonly FileStep[]; tools: readonly Call[]; changes: readonly FileStep[] }[]
  /** The text of a content by its digest; undefined when it is none or is not known. */
  textOf: (sha256: string) => string | undefined
}

/** Every change that the tools of a run made, one by one, as its recording tells; what commands did, once a step. */
export function touchesOf({ start, steps, textOf }: RecordedRun): Touch[] {
  const texts = new Map((start ?? []).map(({ path, sha256 }) => [path, textOf(sha256) ?? null]))
  const touches: Touch[] = []
  const touch = (path: string, after: string | null, whole: boolean) => {
    const before = texts.get(path) ?? null
    if (before !== after || whole) touches.push({ path, before, after, whole: whole && before !== null })
    texts.set(path, after)
  }
  for (const { drift, tools, changes } of steps) {
    for (const { path, file } of drift) texts.set(path, file && (textOf(file.sha256) ?? null))
    for (const call of tools.filter(({ ok }) => ok)) {
      const done = effectOf(call, (path) => texts.get(path) ?? null)
      if (done) touch(done.path, done.after, call.name === 'write')
    }
    for (const { path, file } of changes) touch(path, file && (textOf(file.sha256) ?? null), false)
  }
  return touches
}

const project = '/home/app/project/'

/** What a call makes of its file; undefined when it is no change, or of a file whose text is not known. */
function effectOf({ name, input }: Call, textOf: (path: string) => string | null) {
  const said = (input ?? {}) as Partial<Record<string, unknown>>
  const given = typeof said['file_path'] === 'string' ? said['file_path'] : undefined
  if (given === undefined) return undefined
  const path = (given.startsWith(project) ? given.slice(project.length) : given).replace(/^(\.\/)+/, '')
  if (name === 'write' && typeof said['content'] === 'string') return { path, after: said['content'] }
  const [text, old, fresh] = [textOf(path), said['old_string'], said['new_string']]
  if (name !== 'edit' || text === null || typeof old !== 'string' || typeof fresh !== 'string') return undefined
  return { path, after: said['replace_all'] ? text.replaceAll(old, () => fresh) : text.replace(old, () => fresh) }
}
