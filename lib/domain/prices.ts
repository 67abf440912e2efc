/** Prices of one model in US dollars for a million tokens, which is also millionths of a dollar for one token. */
export interface ModelPrice {
  from: string
  input: number
  output: number
  cacheRead: number
  cacheWrite: number
  /** True where nobody pays: the scripted model is metered at these prices so that limits and meters can be seen at work. */
  simulated?: boolean
}

/** Dated prices by model, newest first. Anthropic's list as known on 2026-11-20. */
export const modelPrices: Readonly<Record<string, readonly ModelPrice[]>> = {
  'claude-opus-5-5': [{ from: '2026-10-07', input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 }],
  'claude-sonnet-5-5': [{ from: '2026-10-07', input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 }],
  'claude-sonnet-5': [{ from: '2026-08-01', input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 }],
  'claude-haiku-4-5': [{ from: '2025-10-01', input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 }],
  'scripted-1': [{ from: '2026-01-01', input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5, simulated: true }],
  'scripted-mini': [{ from: '2026-01-01', input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25, simulated: true }],
}

export interface TokenUsage {
  input_tokens: number
  output_tokens: number
  cache_read_input_tokens?: number | null
  cache_creation_input_tokens?: number | null
}

/** The price in force on a day, or undefined for a model that is not offered. */
export function priceOf(model: string, day: Date): ModelPrice | undefined {
  const iso = day.toISOString().slice(0, 10)
  return modelPrices[model]?.find(({ from }) => from <= iso)
}

/** Of a model whose price nobody here knows. */
export const unpriced: ModelPrice = { from: '', input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }

export const isScripted = (model: string): boolean => modelPrices[model]?.[0]?.simulated ?? false

/** What a reply cost, in whole millionths of a dollar, rounded up. */
export function costMicros(price: ModelPrice, usage: TokenUsage): number {
  const { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens } = usage
  const exact =
    input_tokens * price.input +
    output_tokens * price.output +
    (cache_read_input_tokens ?? 0) * price.cacheRead +
    (cache_creation_input_tokens ?? 0) * price.cacheWrite
  return Math.ceil(exact)
}

/** How many tokens the conversation holds once a reply has joined it. */
export const contextTokens = (usage: TokenUsage): number =>
  usage.input_tokens +
  usage.output_tokens +
  (usage.cache_read_input_tokens ?? 0) +
  (usage.cache_creation_input_tokens ?? 0)

/** The most a request can cost, and how long its reply may be when less than that is left. */
export interface MostOfCall {
  inputMicros: number
  microsPerToken: number
  maxTokens: number
  /** With less than this the reply would be of no use, so the request is not made. */
  leastTokens: number
}

/** A reply that is cut off earlier than this has hardly begun. */
export const leastReplyTokens = 4_000

/** The body is counted at three characters a token, all of it written to the cache. */
export function mostOfCall(price: ModelPrice, bodyCharacters: number, maxTokens: number): MostOfCall {
  return {
    inputMicros: Math.ceil((bodyCharacters / 3) * Math.max(price.input, price.cacheWrite)),
    // Never nothing: it is divided by.
    microsPerToken: Math.max(price.output, 0.000_001),
    maxTokens,
    leastTokens: Math.min(maxTokens, leastReplyTokens),
  }
}
