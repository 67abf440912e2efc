import { duration, plural } from '#lib/format.ts'
import type { FileChange, Phase, Row, ToolRow, WaitRow } from '#lib/timeline-shapes.ts'

export const phaseWords: Record<Phase, string> = {
  preparing: 'Preparing the sandbox',
  thinking: 'Thinking',
  checking: 'Checking the app',
  repairing: 'Repairing what the checks found',
  saving: 'Saving the version',
}

export type RowIcon =
  'read' | 'write' | 'search' | 'run' | 'check' | 'repair' | 'resume' | 'wait' | 'model' | 'memory' | 'log'
export type Tone = 'plain' | 'soft' | 'live' | 'good' | 'bad'

/** One row of a run as it reads: verb, object, result, time. */
export interface RowWords {
  icon: RowIcon
  tone: Tone
  verb: string
  object: string
  /** Whether the object is a path or a command, not a word. */
  literal: boolean
  result: string
  lines: { added: number; removed: number } | null
  time: string
  output: string
}

const tools: Record<string, [icon: RowIcon, doing: string, done: string]> = {
  read: ['read', 'reading', 'read'],
  write: ['write', 'writing', 'wrote'],
  edit: ['write', 'editing', 'edited'],
  glob: ['search', 'looking for', 'looked for'],
  grep: ['search', 'searching', 'searched'],
  bash: ['run', 'running', 'ran'],
}
const changed: Record<FileChange, string> = { added: 'added', removed: 'removed', modified: 'changed' }
const checks: Record<string, string> = {
  install: 'dependencies',
  typecheck: 'types',
  build: 'the build',
  'dev-server': 'the running app',
  page: 'the page in a browser',
  console: 'the browser’s console',
}
const blank = { tone: 'plain', object: '', literal: false, result: '', lines: null, time: '', output: '' } as const

/** The words of a row; `now`, in milliseconds since 1970, times what still runs. */
export function wordsOf(row: Exclude<Row, { kind: 'text' }>, now: number): RowWords {
  switch (row.kind) {
    case 'tool':
      return toolWords(row, now)
    case 'file':
      return { ...blank, icon: 'write', verb: changed[row.change], object: row.path, literal: true, lines: row }
    case 'check':
      return {
        ...blank,
        icon: 'check',
        tone: row.ok ? 'good' : 'bad',
        verb: 'checked',
        object: checks[row.check] ?? row.check,
        result: row.ok ? 'passed' : 'failed',
        time: duration(row.ms),
        output: row.ok ? '' : row.output,
      }
    case 'repair':
      return { ...blank, icon: 'repair', verb: 'repairing', object: 'what the checks found' }
    case 'resumed':
      return { ...blank, icon: 'resume', verb: 'went on', object: `from the last saved step, attempt ${row.attempt}` }
    case 'waiting':
      return waitWords(row, now)
    case 'fell_back':
      return { ...blank, icon: 'model', verb: 'went on with', object: row.model, literal: true }
    case 'compacted':
      return { ...blank, icon: 'memory', verb: 'summed up', object: 'the conversation so far', result: shrunk(row) }
    case 'log':
      return { ...blank, icon: 'log', tone: 'soft', ...logWords(row) }
  }
}

/** What a long line says in full stands under it. */
function logWords({ source, line }: { source: string; line: string }) {
  const verb = source === 'dev-server' ? 'the app’s server:' : 'the sandbox:'
  return { verb, object: line, output: line.length > 60 || line.includes('\n') ? line : '' }
}

const shrunk = ({ before, after }: { before: number; after: number }) => `${count(before)} → ${count(after)} tokens`
const count = (tokens: number) => (tokens < 10_000 ? String(tokens) : `${Math.round(tokens / 1000)}k`)

const troubles: Record<number, string> = {
  429: 'The model takes no more requests right now',
  529: 'The model is overloaded',
}

function waitWords({ status, until, tries, over }: WaitRow, now: number): RowWords {
  const trouble = status === null ? 'The model is out of reach' : (troubles[status] ?? `The model answered ${status}`)
  const seconds = Math.ceil((until - now) / 1000)
  const next = seconds > 0 ? `next try in ${seconds} s` : 'trying again'
  return {
    ...blank,
    icon: 'wait',
    tone: over ? 'plain' : 'live',
    verb: over ? 'waited:' : '',
    object: over ? trouble.charAt(0).toLowerCase() + trouble.slice(1) : `${trouble}.`,
    result: over ? plural(tries, 'try', 'tries') : `${next} · try ${tries}`,
  }
}

function toolWords(row: ToolRow, now: number): RowWords {
  const [icon, doing, done] = tools[row.tool] ?? ['run', 'using', 'used']
  const running = row.state === 'running'
  const elapsed = now - Date.parse(row.startedAt)
  const known = tools[row.tool] ? row.target : `${row.tool} ${row.target}`.trim()
  return {
    icon,
    tone: running ? 'live' : row.state === 'failed' ? 'bad' : 'plain',
    verb: running ? doing : done,
    object: known,
    literal: true,
    result: row.state === 'failed' ? 'failed' : row.state === 'cut' ? 'cut off' : '',
    lines: row.lines,
    time: running ? (elapsed > 1000 ? duration(elapsed) : '') : row.ms > 0 ? duration(row.ms) : '',
    output: row.output,
  }
}

/** `The check of types`, at the beginning of a sentence. */
export const checkWords = (check: string) => `The check of ${checks[check] ?? check}`

/** How a run that has not begun stands in line; `place` counts those that start before it. */
export function placeWords(place: number | null): string {
  if (place === null) return 'Waiting to start'
  return place === 0 ? 'Yours starts next' : `${plural(place, 'run starts', 'runs start')} before yours`
}

/** What asking an earlier request again does to the code and to what was said after it. */
export function goBackWords(baseNumber: number | null, later: number): string {
  const base = baseNumber === null ? 'where this project began' : `version ${baseNumber}`
  const set = later === 0 ? '' : ` ${plural(later, 'later request is', 'later requests are')} set aside.`
  return `Code and conversation go back to ${base}.${set} Nothing is deleted: every version stays.`
}

/** `8 steps · 12 s`: a step is one reply of the model with the tools it called. */
export function countSteps(rows: readonly Row[]): number {
  return new Set(rows.flatMap((row) => ('step' in row ? [row.step] : []))).size
}
