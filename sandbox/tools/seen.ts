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

/** Decides which files the model may write over: those that are as it saw them last, whoever changes files beside it. */
export function openSeen({ project, snapshots, starter }: Sources) {
  const memory = openMemory(starter)
  const find = (given: string) => snapshots.look(pathOf(project, given))

  return {
    /** From an earlier host of the same generation. */
    learn: memory.learn,
    /** The files whose content was seen since this was asked last. */
    news: memory.news,

    /** Why a file may not be written now, with its content, which counts as seen from then on; undefined when it may. */
    objection: (tool: string, given: string): string | undefined => {
      const file = tool === 'write' || tool === 'edit' ? find(given) : undefined
      if (!file) return undefined
      const strange = memory.strangeness(file)
      const long = tool === 'write' ? tooLong(file) : undefined
      if (!strange && !long) return undefined
      memory.see(file)
      const reasons = [strange, long, 'Nothing was written.'].filter((reason) => reason !== undefined)
      return `${reasons.join(' ')}${strange ? `\n\n${contentOf(file)}` : ''}`
    },

    /** To be told of every call that went through, once the snapshot shows its changes; `before` is the file until then. */
    note: (tool: string, given: string, before: Seen | undefined): void => {
      if (tool === 'read' && before) memory.see(before)
      const after = tool === 'write' || tool === 'edit' ? find(given) : undefined
      if (after) memory.see(after)
    },
  }
}
export type SeenFiles = ReturnType<typeof openSeen>

/** The digest of each file's content as the model saw it last, by reading it, writing it, or being shown it. */
function openMemory(starter: Sources['starter']) {
  const known = new Map<string, string>()
  let fresh: Known[] = []
  let starters: ReadonlyMap<string, string> | undefined

  return {
    learn: (files: readonly Known[]) => files.forEach(({ path, sha256 }) => known.set(path, sha256)),
    see: ({ path, sha256 }: Known) => {
      if (known.get(path) === sha256) return
      known.set(path, sha256)
      fresh.push({ path, sha256 })
    },
    news: (): Known[] => {
      const taken = fresh
      fresh = []
      return taken
    },
    strangeness: ({ path, sha256 }: Known): string | undefined => {
      starters ??= new Map(starter().map((file) => [file.path, file.sha256]))
      if ((known.get(path) ?? starters.get(path)) === sha256) return undefined
      if (!known.has(path)) return `You have not read ${path} yet.`
      return `${path} is not what you saw last: a command or a person changed it since.`
    },
  }
}

function tooLong({ path, text }: Seen): string | undefined {
  const lines = generated.test(path) ? 0 : linesIn(text ?? '')
  if (lines <= mostRewritten) return undefined
  return `${path} has ${lines} lines: change what must change with \`edit\`. To replace it altogether, remove it first.`
}

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
