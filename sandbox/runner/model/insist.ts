import type { RunJob } from '../../../lib/contract/run.ts'
import { waitingSeconds } from '../../../lib/domain/run.ts'
import type { Clock } from '../clock.ts'
import { faultOf, type Fault } from './fault.ts'
import { Halted } from '../halted.ts'
import type { ModelMessage } from './model-client.ts'
import { openPatience } from './patience.ts'
import type { Reporter } from '../reporting/reporter.ts'

interface Ways {
  generation: NonNullable<RunJob['generation']>
  reporter: Reporter
  clock: Clock
  /** The model in use: the one that stepped in stays. And how long the run has waited, in milliseconds. */
  current: { model: string; waited: number }
}
type Listen = (model: string, signal: AbortSignal) => Promise<ModelMessage>

/** Asks until there is a whole reply: waits while a model is overloaded, then goes on with the one that may step in. */
export async function insist(ways: Ways, listen: Listen): Promise<{ message: ModelMessage; model: string }> {
  const { generation, current, reporter } = ways
  for (;;) {
    const { model } = current
    const heard = await withPatience(ways, listen)
    if (!('fault' in heard)) return { message: heard, model }
    const { fault } = heard
    const next = fault.passing ? generation.fallbackModel : null
    if (next === null || next === model) throw new Halted(fault.code)
    current.model = next
    reporter.progress({ kind: 'fell_back', model: next })
  }
}

async function withPatience(ways: Ways, listen: Listen): Promise<ModelMessage | { fault: Fault }> {
  const { clock, current, reporter } = ways
  const patience = openPatience(budgetOf(ways))
  for (;;) {
    const signal = clock.signal()
    try {
      return await listen(current.model, signal)
    } catch (error) {
      if (signal.aborted) throw new Halted('out_of_time')
      const fault = faultOf(error)
      const wait = patience.next(fault)
      if (wait === undefined) return { fault }
      // Whoever watches forgets the words of a reply that broke off.
      if (fault.broken) reporter.progress({ kind: 'resumed', attempt: ways.generation.attempt })
      const seconds = Math.round(wait / 100) / 10
      reporter.progress({ kind: 'waiting', status: fault.status, seconds, tries: patience.tries() })
      void reporter.flush()
      current.waited += wait
      await clock.rest(wait)
    }
  }
}

/** In milliseconds, for all of a run; less while another model could step in. */
function budgetOf({ generation, current }: Ways): number {
  const { waiting = waitingSeconds } = generation.limits
  const another = generation.fallbackModel !== null && generation.fallbackModel !== current.model
  return (another ? waiting / 4 : waiting) * 1_000 - current.waited
}
