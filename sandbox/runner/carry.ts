import type { Limits, Entry, Move } from '../../lib/domain/generation.ts'
import { next, stepOf } from '../../lib/domain/generation.ts'
import type { Clock } from './clock.ts'
import { Halted } from './halted.ts'
import type { Keeper } from './keeper.ts'
import type { Model } from './model/model.ts'
import type { Reporter } from './reporting/reporter.ts'

export interface Work {
  history: Entry[]
  limits: Limits
  clock: Clock
  model: Model
  keeper: Keeper
  reporter: Reporter
  /** The step that tools run in now, and the files they changed. */
  step: { number: number; changed: string[] }
  check: () => Promise<Entry>
  install: () => Promise<unknown>
  /** Called when files changed: the checks will come, and some of what they need takes a moment to start. */
  foresee: () => void
  commit: () => Promise<Entry>
}

type Stop = Move & { move: 'stop' }
type MoveOf<K extends Move['move']> = Move & { move: K }

/** Carries a generation from wherever its history stands to its end: asks what is next, does it, notes it, saves. */
export async function carry(work: Work): Promise<Stop> {
  const { history, keeper } = work
  for (;;) {
    const move = next(history, work.limits)
    if (move.move === 'stop') {
      await keeper.settled()
      return move
    }
    const entry = await make(move, work)
    history.push(entry)
    await keeper.keep(entry.kind === 'merged' || (entry.kind === 'used' && entry.changed > 0))
  }
}

async function make(move: Exclude<Move, Stop>, work: Work): Promise<Entry> {
  if (move.move !== 'save' && work.clock.isOver()) return { kind: 'halted', code: 'out_of_time' }
  try {
    const maker = makers[move.move] as (move: Move, work: Work) => Promise<Entry>
    return await maker(move, work)
  } catch (error) {
    if (error instanceof Halted) return { kind: 'halted', code: error.code }
    throw error
  }
}

const makers: { [K in Exclude<Move['move'], 'stop'>]: (move: MoveOf<K>, work: Work) => Promise<Entry> } = {
  ask: async (_move, { history, model, reporter }) => {
    reporter.progress({ kind: 'phase', phase: 'thinking' })
    return model.ask(history)
  },
  compact: async (_move, { history, model, reporter }) => {
    reporter.progress({ kind: 'phase', phase: 'thinking' })
    return model.sumUp(history)
  },
  use: async (_move, { history, model, step, install, foresee }) => {
    step.number = stepOf(history)
    step.changed = []
    const results = await model.use(history)
    if (step.changed.includes('package.json')) await install()
    if (step.changed.length > 0) foresee()
    return { kind: 'used', results, changed: step.changed.length }
  },
  tell: async ({ text, repair }, { reporter }) => {
    if (repair) reporter.progress({ kind: 'phase', phase: 'repairing' })
    void reporter.flush()
    return { kind: 'told', text, repair }
  },
  check: async (_move, { reporter, check }) => {
    reporter.progress({ kind: 'phase', phase: 'checking' })
    return check()
  },
  save: async (_move, { reporter, keeper, commit }) => {
    reporter.progress({ kind: 'phase', phase: 'saving' })
    void reporter.flush()
    await keeper.settled()
    return commit()
  },
}
