import { resolve, relative } from 'node:path'
import * as z from 'zod/mini'
import type { FileEntry } from '../../../lib/contract/version.ts'
import { place } from '../../place.ts'
import type { Answers, Ask } from '../../tools/wire.ts'
import type { ToolHost } from './tool-host.ts'

interface Held {
  entry: FileEntry
  base64: string
}

const Input = z.looseObject({ file_path: z.optional(z.string()) })
const writing = ['write', 'edit']

/**
 * The tool host of a run that may not change some files: the tools are refused them, and what a command does to them is
 * undone. Here and not in the host, which generated code can end and whose files it owns.
 */
export function lockedHost(host: ToolHost, locked: readonly string[]) {
  let held: ReadonlyMap<string, Held | null> = new Map()

  const ask = async (question: Ask) => {
    if (question.op === 'use') return use(question)
    // Looked at to be checked or stored: what runs beside us may have written too.
    if (question.op === 'snapshot' && question.of === 'project') await restoreTo(host, held)
    return host.ask(question)
  }
  const guarded: ToolHost = { ...host, ask: ask as ToolHost['ask'] }

  return { host: locked.length === 0 ? host : guarded, hold }

  /** From now on the files are kept as they are now, there or missing. */
  async function hold(): Promise<void> {
    if (locked.length === 0) return
    const { files } = await host.ask({ op: 'snapshot', of: 'project' })
    const found = locked.map(async (path): Promise<[string, Held | null]> => {
      const entry = files.find((file) => file.path === path)
      return [path, entry ? { entry, ...(await host.ask({ op: 'read', path })) } : null]
    })
    held = new Map(await Promise.all(found))
  }

  async function use(question: Ask & { op: 'use' }): Promise<Answers['use']> {
    const file = writing.includes(question.tool) ? Input.safeParse(question.input).data?.file_path : undefined
    const path = file === undefined ? undefined : relative(place.project, resolve(place.project, file))
    if (path !== undefined && held.has(path)) {
      return { ok: false, output: `${path} is locked by a person: it stays as it is.`, changes: [], seen: [] }
    }
    const used = await host.ask(question)
    const restored = await restoreTo(host, held)
    if (restored.length === 0) return used
    const output = `${used.output}\nLocked by a person, and put back as it was: ${restored.join(', ')}`
    return { ...used, output, changes: used.changes.filter((change) => !restored.includes(change.path)) }
  }
}

/** Puts back what is not as it is held; answers what was not. */
async function restoreTo(host: ToolHost, held: ReadonlyMap<string, Held | null>): Promise<string[]> {
  const { files, strays } = await host.ask({ op: 'snapshot', of: 'project' })
  const now = new Map(files.map((file) => [file.path, file]))
  const differing = [...held].filter(([path, kept]) => !isSame(kept?.entry, now.get(path)) || strays.includes(path))
  const gone = differing.flatMap(([path, kept]) => (kept ? [] : [path]))
  const written = differing.flatMap(([path, kept]) =>
    kept ? [{ path, mode: kept.entry.mode, base64: kept.base64 }] : [],
  )
  if (gone.length > 0) await host.ask({ op: 'remove', paths: gone })
  if (written.length > 0) await host.ask({ op: 'write', files: written })
  return differing.map(([path]) => path)
}

const isSame = (one: FileEntry | undefined, other: FileEntry | undefined) =>
  one?.sha256 === other?.sha256 && one?.mode === other?.mode
