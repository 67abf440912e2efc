import type { NewGeneration } from '../contract/generation.ts'
import type { ProjectId } from '../contract/ids.ts'
import type { Limits } from '../contract/limits.ts'
import { isScripted, priceOf, unpriced } from '../domain/prices.ts'
import { estimate, inputTokens, type Estimate, type Precedents } from '../domain/quote.ts'
import type { Stores } from '../store/stores.ts'

export interface Wanted {
  projectId: ProjectId
  limits: Limits
  model: string
  wish: Pick<NewGeneration, 'mode' | 'attachments'> & { prompt: string; atMostMicros?: number | undefined }
  /** What the organization tells each run. */
  rules: string
  /** Where they were read along with the rest. */
  precedents?: Precedents | undefined
}

export type Quoted = Estimate & { input: number }

/** What a run is to cost: the same for whoever asks before it starts and for what is set aside when it does. */
export async function quoteOf(
  { quotes, now }: Pick<Stores, 'quotes'> & { now(): Date },
  wanted: Wanted,
): Promise<Quoted> {
  const { projectId, wish, precedents } = wanted
  return priced(
    wanted,
    precedents ?? (await quotes.precedents(projectId, { mode: wish.mode, promptLength: wish.prompt.length })),
    now(),
  )
}

/** The price as like runs and the limits have it; `tokens` are those of the first request, when the model counted them. */
export function priced({ limits, model, wish, rules, tokens }: Priced, precedents: Precedents, now: Date): Quoted {
  const { mode, prompt, attachments, atMostMicros } = wish
  const { said, real, simulated } = precedents
  const price = priceOf(model, now) ?? unpriced
  const input = tokens ?? inputTokens({ mode, prompt, attachments, rules, said })
  const quoted = estimate(price, { mode, input, like: isScripted(model) ? simulated : real })
  const most = Math.min(quoted.atMostMicros, limits.runCapMicros, atMostMicros ?? Infinity)
  return { ...quoted, input, atMostMicros: most, usuallyMicros: Math.min(quoted.usuallyMicros, most) }
}

type Priced = Pick<Wanted, 'limits' | 'model' | 'wish' | 'rules'> & { tokens?: number | undefined }
