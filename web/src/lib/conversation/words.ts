import { duration } from '#lib/format.ts'
import type { FileChange, Phase, Row, ToolRow } from '#lib/timeline-shapes.ts'

export const phaseWords: Record<Phase, string> = {
  preparing: 'Preparing the sandbox',
  thinking: 'Thinking',
  checking: 'Checking the app',
  repairing: 'Repairing what the checks found',
  saving: 'Saving the version',
}

export type RowIcon = 'read' | 'write' | 'search' | 'run' | 'check' | 'repair' | 'resume'
export type Tone = 'plain' | 'live' | 'good' | 'bad'

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

/** `8 steps · 12 s`: a step is one reply of the model with the tools it called. */
export function countSteps(rows: readonly Row[]): number {
  return new Set(rows.flatMap((row) => ('step' in row ? [row.step] : []))).size
}
