import { realpathSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { linesIn } from './changes.ts'
import { shorten } from './shorten.ts'
import type { Seen, Snapshots } from './snapshot.ts'
import type { Known } from './wire.ts'

/** A longer file is changed by edits: written anew, it loses what the writer forgot. */
const mostRewritten = 150

/** Files that programs write. Nobody edits those by hand. */
const generated = /(^|\/)(package-lock\.json|[^/]+\.(lock|map|snap)|[^/]+\.min\.(js|css))$/

interface Sources {
  project: string
  snapshots: Snapshots
  /** What the template brings: it is told of with the conventions, so it counts as read until it changes. */
  starter: () => readonly Known[]
}

/**
 * What the model knows of each file: the digest of the content it saw last, by reading it, writing it, or being shown
 * it. A file that is not as the model knows it is not written over: whoever changed it, nothing of theirs is lost.
 */
export function openSeen({ project, snapshots, starter }: Sources) {
  const known = new Map<string, string>()
  let news: Known[] = []
  let starters: ReadonlyMap<string, string> | undefined

  return { learn, objection, note, news: takeNews }

  /** From an earlier host of the same generation. */
  function learn(files: readonly Known[]) {
    for (const { path, sha256 } of files) known.set(path, sha256)
  }

  /** Why a file may not be written now, with its content, which counts as seen from then on; undefined when it may. */
  function objection(tool: string, given: string): string | undefined {
    if (tool !== 'write' && tool !== 'edit') return undefined
    const file = find(given)
    if (!file) return undefined
    const isKnown = knows(file)
    const lines = tool === 'write' && !generated.test(file.path) ? linesIn(file.text ?? '') : 0
    if (isKnown && lines <= mostRewritten) return undefined
    const reasons = [isKnown ? '' : strange(file), lines > mostRewritten ? tooLong(file.path, lines) : '']
    const shown = isKnown ? '' : `\n\n${contentOf(file)}`
    see(file)
    return `${reasons.filter((reason) => reason !== '').join(' ')} Nothing was written.${shown}`
  }

  /** To be told of every call that went through, once its changes are in the snapshot; `before` was there until then. */
  function note(tool: string, given: string, before: Seen | undefined) {
    if (tool === 'read' && before) see(before)
    const after = tool === 'write' || tool === 'edit' ? find(given) : undefined
    if (after) see(after)
  }

  function find(given: string): Seen | undefined {
    return snapshots.look(pathOf(project, given))
  }

  function knows({ path, sha256 }: Seen): boolean {
    starters ??= new Map(starter().map((file) => [file.path, file.sha256]))
    return (known.get(path) ?? starters.get(path)) === sha256
  }

  function strange({ path }: Seen): string {
    return known.has(path)
      ? `${path} is not what you saw last: a command or a person changed it since.`
      : `You have not read ${path} yet.`
  }

  function see({ path, sha256 }: Seen) {
    if (known.get(path) === sha256) return
    known.set(path, sha256)
    news.push({ path, sha256 })
  }

  function takeNews(): Known[] {
    const taken = news
    news = []
    return taken
  }
}
export type SeenFiles = ReturnType<typeof openSeen>

const tooLong = (path: string, lines: number) =>
  `${path} has ${lines} lines: change what must change with \`edit\`. To replace it altogether, remove it first.`

const contentOf = ({ path, text }: Seen) =>
  text === null ? `${path} is binary or too large to be shown.` : `${path} is now:\n${shorten(text)}`

/** The file that a path leads to, relative to the project, whatever links are on the way. */
export function pathOf(project: string, given: string): string {
  const file = resolve(project, given)
  try {
    return relative(realpathSync(project), realpathSync(file))
  } catch {
    return relative(project, file)
  }
}
