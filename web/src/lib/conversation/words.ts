import { duration } from '#lib/format.ts'
import { m } from '#lib/messages.ts'
import type { FileChange, Phase, Row, ToolRow, Turn, WaitRow } from '#lib/timeline/timeline-shapes.ts'

export const phaseWords: Record<Phase, () => string> = {
  preparing: m.conversation_phase_preparing,
  thinking: m.conversation_phase_thinking,
  checking: m.conversation_phase_checking,
  repairing: m.conversation_phase_repairing,
  saving: m.conversation_phase_saving,
}

/** What a run does at this moment, or what it waits for. */
export function phaseNow({ state, place, phase, rows }: Turn): string {
  const last = rows.at(-1)
  if (state === 'queued') return placeWords(place)
  if (last?.kind === 'waiting' && !last.over) return m.conversation_waiting()
  return phaseWords[phase ?? 'preparing']()
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

type Say = () => string
const tools: Record<string, [icon: RowIcon, doing: Say, done: Say]> = {
  read: ['read', m.conversation_reading, m.conversation_read],
  write: ['write', m.conversation_writing, m.conversation_wrote],
  edit: ['write', m.conversation_editing, m.conversation_edited],
  glob: ['search', m.conversation_looking, m.conversation_looked],
  grep: ['search', m.conversation_searching, m.conversation_searched],
  bash: ['run', m.conversation_running, m.conversation_ran],
}
const other: (typeof tools)[string] = ['run', m.conversation_using, m.conversation_used]
const changed: Record<FileChange, Say> = {
  added: m.conversation_added,
  removed: m.conversation_removed,
  modified: m.conversation_changed,
}
const checks: Record<string, Say> = {
  install: m.conversation_check_install,
  typecheck: m.conversation_check_types,
  build: m.conversation_check_build,
  'dev-server': m.conversation_check_server,
  page: m.conversation_check_page,
  console: m.conversation_check_console,
}
const blank = { tone: 'plain', object: '', literal: false, result: '', lines: null, time: '', output: '' } as const

/** The words of a row; `now`, in milliseconds since 1970, times what still runs. */
export function wordsOf(row: Exclude<Row, { kind: 'text' }>, now: number): RowWords {
  switch (row.kind) {
    case 'tool':
      return toolWords(row, now)
    case 'file':
      return { ...blank, icon: 'write', verb: changed[row.change](), object: row.path, literal: true, lines: row }
    case 'check':
      return checked(row)
    case 'repair':
      return { ...blank, icon: 'repair', verb: m.conversation_repairing(), object: m.conversation_what_checks_found() }
    case 'resumed':
      return {
        ...blank,
        icon: 'resume',
        verb: m.conversation_went_on(),
        object: m.conversation_from_saved({ attempt: row.attempt }),
      }
    case 'waiting':
      return waitWords(row, now)
    case 'fell_back':
      return { ...blank, icon: 'model', verb: m.conversation_went_on_with(), object: row.model, literal: true }
    case 'compacted':
      return {
        ...blank,
        icon: 'memory',
        verb: m.conversation_summed_up(),
        object: m.conversation_so_far(),
        result: shrunk(row),
      }
    case 'log':
      return { ...blank, icon: 'log', tone: 'soft', ...logWords(row) }
  }
}

const checked = ({ check, ok, ms, output }: Extract<Row, { kind: 'check' }>): RowWords => ({
  ...blank,
  icon: 'check',
  tone: ok ? 'good' : 'bad',
  verb: m.conversation_checked(),
  object: checks[check]?.() ?? check,
  result: ok ? m.conversation_passed() : m.conversation_failed(),
  time: duration(ms),
  output: ok ? '' : output,
})

/** What a long line says in full stands under it. */
function logWords({ source, line }: { source: string; line: string }) {
  const verb = source === 'dev-server' ? m.conversation_from_server() : m.conversation_from_sandbox()
  return { verb, object: line, output: line.length > 60 || line.includes('\n') ? line : '' }
}

const shrunk = ({ before, after }: { before: number; after: number }) =>
  m.conversation_tokens({ before: short(before), after: short(after) })
const short = (tokens: number) => (tokens < 10_000 ? String(tokens) : `${Math.round(tokens / 1000)}k`)

const troubles: Record<number, Say> = { 429: m.conversation_model_busy, 529: m.conversation_model_overloaded }

function waitWords({ status, until, tries, over }: WaitRow, now: number): RowWords {
  const answered = status === null ? m.conversation_model_away() : m.conversation_model_answered({ status })
  const trouble = troubles[status ?? 0]?.() ?? answered
  const seconds = Math.ceil((until - now) / 1000)
  const next = seconds > 0 ? m.conversation_next_try({ seconds }) : m.conversation_trying()
  return {
    ...blank,
    icon: 'wait',
    tone: over ? 'plain' : 'live',
    verb: over ? m.conversation_waited() : '',
    object: over ? trouble.charAt(0).toLowerCase() + trouble.slice(1) : `${trouble}.`,
    result: over ? m.conversation_tries({ count: tries }) : m.conversation_try({ next, tries }),
  }
}

function toolWords(row: ToolRow, now: number): RowWords {
  const [icon, doing, done] = tools[row.tool] ?? other
  const running = row.state === 'running'
  const elapsed = now - Date.parse(row.startedAt)
  const known = tools[row.tool] ? row.target : `${row.tool} ${row.target}`.trim()
  return {
    icon,
    tone: running ? 'live' : row.state === 'failed' ? 'bad' : 'plain',
    verb: running ? doing() : done(),
    object: known,
    literal: true,
    result: row.state === 'failed' ? m.conversation_failed() : row.state === 'cut' ? m.conversation_cut() : '',
    lines: row.lines,
    time: running ? (elapsed > 1000 ? duration(elapsed) : '') : row.ms > 0 ? duration(row.ms) : '',
    output: row.output,
  }
}

/** `The check of types`, at the beginning of a sentence. */
export const checkWords = (check: string) => m.conversation_check_of({ check: checks[check]?.() ?? check })

/** `The check of types failed, after 2 repairs`. */
export function failedCheck({ check, tries }: { check: string; tries: number }): string {
  const failed = m.conversation_check_failed({ check: checks[check]?.() ?? check })
  return tries > 0 ? `${failed}${m.conversation_after_repairs({ count: tries })}` : failed
}

/** How a run that has not begun stands in line; `place` counts those that start before it. */
export function placeWords(place: number | null): string {
  if (place === null) return m.conversation_waits_to_start()
  return place === 0 ? m.conversation_starts_next() : m.conversation_starts_before({ count: place })
}

/** What asking an earlier request again does to the code and to what was said after it. */
export function goBackWords(baseNumber: number | null, later: number): string {
  const base = baseNumber === null ? m.conversation_back_to_start() : m.conversation_back_to({ number: baseNumber })
  const set = later === 0 ? '' : ` ${m.conversation_later_aside({ count: later })}`
  return `${base}${set} ${m.conversation_nothing_deleted()}`
}

/** `8 steps · 12 s`: a step is one reply of the model with the tools it called. */
export function countSteps(rows: readonly Row[]): number {
  return new Set(rows.flatMap((row) => ('step' in row ? [row.step] : []))).size
}
