import * as z from 'zod/mini'
import type { RelayDesk } from '../../../lib/context.ts'
import { promptLimit, type FailureCode } from '../../../lib/contract/generation.ts'
import { ImprovementId } from '../../../lib/contract/ids.ts'
import { improvementRequest } from '../../../lib/domain/improvement.ts'
import { costMicros, priceOf, type TokenUsage } from '../../../lib/domain/prices.ts'
import { screenText } from '../../../lib/domain/screening.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import type { OpenImprovement } from '../../../lib/store/improvements.ts'
import { upstreamOf } from '../../../lib/work/paying-upstream.ts'
import { textOf } from './text-of.ts'

const Payload = z.object({ improvementId: ImprovementId })
const mostMs = 40_000

interface Said {
  text: string | null
  usage: TokenUsage | null
  failure: FailureCode | null
}
const silent: Said = { text: null, usage: null, failure: 'model_unavailable' }

/** Asked once, whatever happens: who finds it begun by another ends it, and its money returns. */
export async function improvePrompt(job: Job, desk: RelayDesk): Promise<Outcome> {
  const { improvementId: id } = Payload.parse(job.payload)
  const asked = await desk.within(({ improvements }) => improvements.open(id))
  if (!asked) return 'done'
  const { text, usage, failure } = job.tries > 1 ? silent : await ask(desk, asked)
  const price = priceOf(asked.model, desk.now())
  const spentMicros = price && usage ? costMicros(price, usage) : 0
  await desk.within(({ improvements }) => improvements.end(id, { answer: text, failure, spentMicros }))
  return 'done'
}

async function ask(desk: RelayDesk, asked: OpenImprovement): Promise<Said> {
  const upstream = await upstreamOf(desk, asked)
  if (!upstream) return { ...silent, failure: 'own_key_refused' }
  const { body, headers } = improvementRequest(asked)
  const reply = await upstream.ask(body, headers, AbortSignal.timeout(mostMs)).catch(async (error: unknown) => {
    desk.log('warning', 'the model was not reached', { error })
    return (await upstream.notReached(error)) ? 'own_key_refused' : 'model_unavailable'
  })
  if (typeof reply === 'string') return { ...silent, failure: reply }
  const failure = await upstream.answered(reply.status)
  const said = await textOf(reply.texts).catch(() => '')
  const text = reply.status < 400 && reply.complete() ? screenText(said).text.trim().slice(0, promptLimit) : ''
  if (text === '') return { ...silent, usage: reply.usage(), failure: failure ?? 'model_unavailable' }
  return { text, usage: reply.usage(), failure: null }
}
