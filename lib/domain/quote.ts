import type { Attachment, GenerationMode } from '../contract/generation.ts'
import { costMicros, leastReplyTokens, type ModelPrice, type TokenUsage } from './prices.ts'
import { imageTokens, tokensOf, tokensOfSize, type TextSize } from './tokens.ts'

/** What runs like the one that is asked for used. */
export interface LikeRuns {
  runs: number
  steps: number
  /** Tokens of the first request. */
  input: number
  /** In all requests together: in the middle of them, and what nineteen of twenty stayed below. */
  usual: TokenUsage
  high: TokenUsage
}

export interface Precedents {
  /** What was said in the project before. */
  said: TextSize
  real: LikeRuns | null
  simulated: LikeRuns | null
}

export interface Asked {
  mode: GenerationMode
  prompt: string
  attachments: readonly Attachment[]
  /** What the organization tells each run. */
  rules: string
  /** What was said in the project before. */
  said: TextSize
}

export interface Estimate {
  usuallyMicros: number
  atMostMicros: number
  /** With less than this not even the first request could be made. */
  leastMicros: number
}

interface Known {
  mode: GenerationMode
  input: number
  like: LikeRuns | null
}

/** Tokens of the first request: what every run is told, and what this one says. */
export function inputTokens({ mode, prompt, attachments, rules, said }: Asked): number {
  const pointedAt = attachments.map((each) => (each.kind === 'image' ? imageTokens : tokensOf(JSON.stringify(each))))
  const words = tokensOf(prompt) + tokensOf(rules) + Math.min(tokensOfSize(said), mostSaid)
  return frameTokens[mode] + words + pointedAt.reduce((sum, each) => sum + each, 0)
}

/**
 * What a run will cost: as like runs did, with more or less to read at first; without any, as a rule of thumb. The upper
 * end leaves room for a request that is not made for want of money, though it would have been cheap.
 */
export function estimate(price: ModelPrice, { mode, input, like }: Known): Estimate {
  // What nobody here knows the price of is held back by the tier's cap alone.
  if (price.output === 0) return { usuallyMicros: 0, atMostMicros: Infinity, leastMicros: 0 }
  const first = Math.ceil(input * Math.max(price.input, price.cacheWrite))
  const leastMicros = Math.ceil(first * 1.25 + leastReplyTokens * price.output)
  const usual = microsOf(price, input, thumb[mode].usual)
  if (!like || like.runs < enough) {
    const high = microsOf(price, input, thumb[mode].high)
    return { usuallyMicros: usual, atMostMicros: inCents(Math.max(high, leastMicros)), leastMicros }
  }
  const middle = costMicros(price, like.usual)
  const more = (input - like.input) * (price.cacheWrite + (like.steps - 1) * price.cacheRead)
  const high = 1.5 * costMicros(price, like.high) + Math.max(0, more) + leastMicros
  return {
    usuallyMicros: Math.round(Math.max(middle / 2, middle + more)),
    atMostMicros: inCents(Math.max(high, 2 * usual)),
    leastMicros,
  }
}

const enough = 5

/** System prompt, conventions and tools as measured, by the same count as all else. */
const frameTokens = { build: 2_600, plan: 1_900 } as const satisfies Record<GenerationMode, number>

/** A longer conversation is summed up. */
const mostSaid = 150_000

interface Work {
  steps: number
  /** Tokens that the model writes and reads in all steps together. */
  written: number
  read: number
}

const thumb = {
  build: { usual: { steps: 4, written: 9_000, read: 3_000 }, high: { steps: 10, written: 60_000, read: 30_000 } },
  plan: { usual: { steps: 3, written: 1_500, read: 8_000 }, high: { steps: 10, written: 8_000, read: 40_000 } },
} as const satisfies Record<GenerationMode, { usual: Work; high: Work }>

/** All that comes new is written to the cache once, and read from it in each later step, half of it on average. */
function microsOf(price: ModelPrice, input: number, { steps, written, read }: Work): number {
  const held = input + written + read
  const cached = (steps - 1) * (input + (written + read) / 2)
  return Math.ceil(held * price.cacheWrite + cached * price.cacheRead + written * price.output)
}

const inCents = (micros: number) => Math.ceil(micros / 10_000) * 10_000
