import type { NewGeneration } from '../contract/generation.ts'
import type { ProjectId } from '../contract/ids.ts'
import type { Tier } from '../contract/user.ts'
import { isScripted, priceOf, unpriced } from '../domain/prices.ts'
import { estimate, inputTokens, type Estimate, type Precedents } from '../domain/quote.ts'
import { tierLimits } from '../domain/tiers.ts'
import type { Stores } from '../store/stores.ts'

export interface Wanted {
  projectId: ProjectId
  tier: Tier
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
  { projectId, tier, model, wish, rules, precedents }: Wanted,
  count?: (estimated: number) => Promise<number>,
): Promise<Quoted> {
  const { mode, prompt, attachments, atMostMicros } = wish
  const price = priceOf(model, now()) ?? unpriced
  const { said, real, simulated } = precedents ?? (await quotes.precedents(projectId, mode, prompt.length))
  const estimated = inputTokens({ mode, prompt, attachments, rules, said })
  const input = count ? await count(estimated) : estimated
  const quoted = estimate(price, { mode, input, like: isScripted(model) ? simulated : real })
  const most = Math.min(quoted.atMostMicros, tierLimits[tier].runCapMicros, atMostMicros ?? Infinity)
  return { ...quoted, input, atMostMicros: most, usuallyMicros: Math.min(quoted.usuallyMicros, most) }
}
