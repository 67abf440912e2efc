import type { Entry } from './entry.ts'

const bytesPerToken = 4
/** A summary that is not much shorter than what it sums up is not made again at once. */
const repliesBetween = 2

/**
 * How much of the model's window the next request fills, in tokens: as the last reply counted it, and by its bytes since.
 * Bytes also keep a request within what the API takes, whatever the tokens come to.
 */
export function tokensTold(history: readonly Entry[]): number {
  const start = sinceCompacted(history)
  const first = history[start]
  const base = first?.kind === 'compacted' ? first.tokens : first?.kind === 'asked' ? (first.toldBefore ?? 0) : 0
  const estimated = base + estimate(history.slice(first?.kind === 'compacted' ? start + 1 : start))
  const at = history.findLastIndex(
    (entry, index) => index >= start && entry.kind === 'replied' && entry.tokens !== undefined,
  )
  const reply = history[at]
  if (reply?.kind !== 'replied' || reply.tokens === undefined) return estimated
  return Math.max(estimated, reply.tokens + estimate(history.slice(at + 1)))
}

/** Whether it is time to sum up what was said. */
export function isFull(history: readonly Entry[], limit: number): boolean {
  const start = sinceCompacted(history)
  const replies = history.slice(start).filter(({ kind }) => kind === 'replied').length
  if (history[start]?.kind === 'compacted' && replies < repliesBetween) return false
  return tokensTold(history) >= limit
}

/** An estimate for text that was not counted. */
export const tokensIn = (text: string) => Math.ceil(new TextEncoder().encode(text).length / bytesPerToken)

const sinceCompacted = (history: readonly Entry[]) =>
  Math.max(
    0,
    history.findLastIndex(({ kind }) => kind === 'compacted'),
  )

const estimate = (entries: readonly Entry[]) => entries.reduce((sum, entry) => sum + tokensIn(partOf(entry)), 0)

function partOf(entry: Entry): string {
  switch (entry.kind) {
    case 'asked':
    case 'told':
      return entry.text
    case 'replied':
      return JSON.stringify(entry.content)
    case 'used':
      return JSON.stringify(entry.results)
    default:
      return ''
  }
}
