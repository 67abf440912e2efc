import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Event } from '../../lib/contract/event.ts'
import { GenerationId } from '../../lib/contract/ids.ts'
import { ifThereIsRoom } from './room-left.ts'

const keptRuns = 5
const keptBytes = 8 * 1024 * 1024

interface Kept {
  n: number
  text: string
}

/** The events of one run, oldest first, each as the JSON text it is sent as. */
export interface Run {
  id: GenerationId
  events: Kept[]
  bytes: number
}

/**
 * The events of the last runs of a sandbox, in memory and as one append-only file a run below `folder`, so that a new
 * gateway goes on where the former one died. Of a very long run the older half is forgotten.
 */
export function openRunLogs(folder: string) {
  const runs = readRuns(folder)
  const listeners = new Set<() => void>()

  return {
    runs: () => runs,
    lastOf: (id: GenerationId) => find(id)?.events.at(-1)?.n ?? 0,
    listen: (changed: () => void) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    /** Adds what is new of `events`; those known already are passed over. */
    add: (id: GenerationId, events: readonly Event[]) => {
      const run = find(id) ?? begin(id)
      const last = run.events.at(-1)?.n ?? 0
      const fresh = events.flatMap((event) => (event.run && event.run.n > last ? [keep(event.run.n, event)] : []))
      if (fresh.length === 0) return
      const lines = fresh.map(({ text }) => `${text}\n`).join('')
      ifThereIsRoom(() => appendFileSync(fileOf(folder, id), lines, { mode: 0o600 }))
      for (const kept of fresh) push(run, kept)
      if (run.bytes > keptBytes) forgetHalf(folder, run)
      for (const changed of listeners) changed()
    },
  }

  function find(id: GenerationId) {
    return runs.find((run) => run.id === id)
  }

  function begin(id: GenerationId): Run {
    const run: Run = { id, events: [], bytes: 0 }
    runs.push(run)
    for (const old of runs.splice(0, Math.max(0, runs.length - keptRuns)))
      rmSync(fileOf(folder, old.id), { force: true })
    return run
  }
}
export type RunLogs = ReturnType<typeof openRunLogs>

const keep = (n: number, event: Event): Kept => ({ n, text: JSON.stringify(event) })

function push(run: Run, kept: Kept) {
  run.events.push(kept)
  run.bytes += kept.text.length
}

function forgetHalf(folder: string, run: Run) {
  while (run.bytes > keptBytes / 2) run.bytes -= run.events.shift()?.text.length ?? run.bytes
  const lines = run.events.map(({ text }) => `${text}\n`).join('')
  ifThereIsRoom(() => writeFileSync(fileOf(folder, run.id), lines, { mode: 0o600 }))
}

const fileOf = (folder: string, id: GenerationId) => join(folder, `${id}.jsonl`)

function readRuns(folder: string): Run[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => GenerationId.safeParse(name.replace(/\.jsonl$/, '')).success)
    .toSorted((a, b) => statSync(join(folder, a)).mtimeMs - statSync(join(folder, b)).mtimeMs)
    .map((name) => readRun(join(folder, name), name.replace(/\.jsonl$/, '') as GenerationId))
}

// The last line of a gateway that was killed may be half written; its events come again from the runner.
function readRun(file: string, id: GenerationId): Run {
  const run: Run = { id, events: [], bytes: 0 }
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const event = parse(line)
    if (event?.run) push(run, { n: event.run.n, text: line })
  }
  return run
}

function parse(line: string): Event | undefined {
  try {
    return Event.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}
