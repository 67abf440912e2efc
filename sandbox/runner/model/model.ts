import type { BetaRunnableTool } from '@anthropic-ai/sdk/lib/tools/BetaRunnableTool'
import type { RunJob } from '../../../lib/contract/run.ts'
import { tokensTold } from '../../../lib/domain/fullness.ts'
import { stepOf, type Entry, type Replied } from '../../../lib/domain/generation.ts'
import { purposeOf } from '../../../lib/domain/loop-breaker.ts'
import type { Clock } from '../clock.ts'
import type { ControlPlane } from '../control-plane.ts'
import { insist } from './insist.ts'
import { messagesOf, type Telling } from '../telling/messages.ts'
import { openModelClient } from './model-client.ts'
import { asReplied } from './replied.ts'
import type { Reporter } from '../reporting/reporter.ts'
import { withinReason } from '../telling/results.ts'
import { openSpeech } from './speech.ts'
import { summaryIn, summaryRequest } from '../telling/summary.ts'

interface Options {
  generation: NonNullable<RunJob['generation']>
  system: string
  tools: BetaRunnableTool[]
  telling: Telling
  plane: ControlPlane
  gateway?: string | undefined
  reporter: Reporter
  clock: Clock
}

/**
 * The model of one generation: `ask` gets its next reply, `use` runs the tools that its last reply calls, `sumUp` puts
 * what was said into fewer words. Each rejects with `Halted` when there is no reply to be had, or time is up.
 */
export function openModel({ generation, system, tools, telling, plane, gateway, reporter, clock }: Options) {
  const client = openModelClient({ plane, gateway, system, tools })
  const ways = { generation, reporter, clock, current: { model: generation.model, waited: 0 } }
  const mayAsk = generation.conversation.at(-1)?.asked !== true

  return { ask, use, sumUp }

  async function ask(history: readonly Entry[]): Promise<Replied> {
    const step = stepOf(history)
    const purpose = purposeOf(history)
    const { message, model } = await insist(ways, async (model, signal) => {
      const speech = openSpeech((text) => reporter.progress({ kind: 'text', step, text }))
      const messages = messagesOf(telling, history, model)
      return client.listen({ model, messages, purpose, signal, say: speech.add }).finally(speech.flush)
    })
    const replied = asReplied(message, { model, history, mayAsk })
    reporter.showContext(model, replied.tokens)
    return replied
  }

  /** The results of the calls in the last entry of `history`, as the message that answers them. */
  async function use(history: readonly Entry[]): Promise<unknown> {
    const { model } = ways.current
    return withinReason(await client.use(model, messagesOf(telling, history, model)))
  }

  async function sumUp(history: readonly Entry[]): Promise<Entry & { kind: 'compacted' }> {
    const { message } = await insist(ways, (model, signal) => {
      const messages = [...messagesOf(telling, history, model), summaryRequest]
      return client.listen({ model, messages, purpose: 'compaction', signal })
    })
    const entry = { kind: 'compacted', ...summaryIn(message, telling, history) } as const
    reporter.progress({ kind: 'compacted', before: tokensTold(history), after: entry.tokens })
    return entry
  }
}
export type Model = ReturnType<typeof openModel>
