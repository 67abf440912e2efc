import type { Diagnosis, FailureCode, Question } from '../contract/generation.ts'
import type { VersionId } from '../contract/ids.ts'
import type { Checked, Entry, Merge, Replied, ToolCall } from './entry.ts'
import { isFull } from './fullness.ts'
import { diagnosisOf, hasComeBack, repairsIn } from './loop-breaker.ts'

export type { Checked, Entry, Merge, Replied, ReplyEnd, ToolCall } from './entry.ts'

export interface Limits {
  steps: number
  repairs: number
  /** From so many tokens on, what was said is summed up before the model is asked again. */
  context?: number | undefined
}

export type Move =
  | { move: 'ask' }
  | { move: 'compact' }
  | { move: 'use'; calls: ToolCall[] }
  | { move: 'check' }
  | { move: 'tell'; text: string; repair: boolean }
  | { move: 'save' }
  | {
      move: 'stop'
      failure: FailureCode | null
      diagnosis: Diagnosis | null
      question: Question | null
      answer: string
      versionId: VersionId | null
    }

/** Decides what a generation does next from nothing but its own history, which begins with `asked`. */
export function next(history: readonly Entry[], limits: Limits): Move {
  const last = history.at(-1)
  switch (last?.kind) {
    case undefined:
    case 'asked':
    case 'told':
    case 'used':
    case 'compacted':
      return stepsLeft(history, limits) ? askOrCompact(history, limits) : { move: 'save' }
    case 'replied':
      return afterReply(last, history, limits)
    case 'checked':
      return afterCheck(last, history, limits)
    case 'merged':
      return afterMerge(last, history, limits)
    case 'halted':
      return { move: 'save' }
    case 'saved':
      return stop(last, history)
  }
}

/** The step that goes on, counted from 1: a step is one reply of the model and the tools it called. */
export const stepOf = (history: readonly Entry[]) =>
  history.filter(({ kind }) => kind === 'replied').length + (history.at(-1)?.kind === 'replied' ? 0 : 1)

const askOrCompact = (history: readonly Entry[], { context }: Limits): Move =>
  context !== undefined && isFull(history, context) ? { move: 'compact' } : { move: 'ask' }

function afterReply(reply: Replied, history: readonly Entry[], limits: Limits): Move {
  if (reply.question) return { move: 'save' }
  if (reply.calls.length > 0) return { move: 'use', calls: reply.calls }
  if (reply.ended === 'length' && stepsLeft(history, limits)) return { move: 'tell', text: cutOff, repair: false }
  if (reply.ended === 'done' && history.some((entry) => entry.kind === 'used' && entry.changed > 0)) {
    return { move: 'check' }
  }
  return { move: 'save' }
}

function afterCheck(check: Checked, history: readonly Entry[], limits: Limits): Move {
  const isOver = hasComeBack(history) || repairsIn(history) >= limits.repairs || !stepsLeft(history, limits)
  if (check.ok || isOver) return { move: 'save' }
  return { move: 'tell', text: `Checks failed:\n${check.output}`, repair: true }
}

// A run that goes well looks again at what has become of its files; one that failed already only keeps them.
function afterMerge({ conflicts }: Merge, history: readonly Entry[], limits: Limits): Move {
  const cause = beforeMerges(history)
  const goesWell = cause?.kind === 'checked' && cause.ok
  if (!goesWell || !stepsLeft(history, limits)) return { move: 'save' }
  const isFirst = history.filter((entry) => entry.kind === 'merged' && entry.conflicts.length > 0).length === 1
  if (conflicts.length === 0 || !isFirst) return { move: 'check' }
  return { move: 'tell', text: overruled(conflicts), repair: false }
}

const beforeMerges = (history: readonly Entry[]) =>
  history.findLast(({ kind }) => kind !== 'merged' && kind !== 'saved')

// What was made is saved whatever went wrong, so stopping always comes after saving.
function stop(saved: Entry & { kind: 'saved' }, history: readonly Entry[]): Move {
  const replies = history.filter((entry) => entry.kind === 'replied')
  const answer = replies.findLast(({ text }) => text.trim() !== '')?.text ?? ''
  const failure = saved.refused ?? failureOf(history)
  const isDiagnosed = failure === 'same_error' || failure === 'checks_failed'
  const diagnosis = isDiagnosed ? diagnosisOf(history) : null
  const question = failure ? null : (replies.at(-1)?.question ?? null)
  return { move: 'stop', failure, diagnosis, question, answer, versionId: saved.versionId }
}

function failureOf(history: readonly Entry[]): FailureCode | null {
  const last = beforeMerges(history)
  if (last?.kind === 'halted') return last.code
  if (last?.kind === 'checked' && !last.ok) return hasComeBack(history) ? 'same_error' : 'checks_failed'
  if (last?.kind === 'checked') return null
  if (last?.kind !== 'replied') return 'too_many_steps'
  if (last.ended === 'refused') return 'model_refused'
  return last.question || last.ended === 'done' ? null : 'too_many_steps'
}

const stepsLeft = (history: readonly Entry[], { steps }: Limits) =>
  history.filter(({ kind }) => kind === 'replied').length < steps

const cutOff = 'Your reply was cut off because it was too long. Go on from there, in smaller pieces.'

const overruled = (paths: readonly string[]) =>
  `While you worked, a person changed the same lines as you in ${paths.slice(0, 50).join(', ')}. Their version stands there now. ` +
  'Read these files, and do again what the request still needs, without undoing what the person changed.'
