import type { TokenUsage } from '../domain/prices.ts'

export type Meter = ReturnType<typeof openMeter>

/** Reads what a streamed reply used from its events, as they pass by; what is not an event is passed over. */
export function openMeter() {
  let unread = ''
  let seen: TokenUsage | null = null
  let words = 0
  let complete = false

  function note(event: Fields): void {
    if (event['type'] === 'message_stop') complete = true
    if (event['type'] === 'message_start') seen = merged(seen, fieldsOf(fieldsOf(event['message'])['usage']))
    if (event['type'] === 'message_delta') seen = merged(seen, fieldsOf(event['usage']))
    if (event['type'] === 'content_block_delta') words += lengthOf(fieldsOf(event['delta']))
  }

  return {
    read(text: string): void {
      const lines = (unread + text).split('\n')
      unread = lines.pop() ?? ''
      if (unread.length > longestLine) unread = ''
      for (const line of lines) if (line.startsWith('data:')) note(parsed(line.slice(5)))
    },
    complete: () => complete,
    usage(): TokenUsage | null {
      if (!seen || complete) return seen
      return { ...seen, output_tokens: Math.max(seen.output_tokens, Math.ceil(words / charactersPerToken)) }
    },
  }
}

type Fields = Record<string, unknown>
const longestLine = 4_000_000
const charactersPerToken = 4

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

function parsed(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text))
  } catch {
    return {}
  }
}

function lengthOf(delta: Fields): number {
  const parts = [delta['text'], delta['thinking'], delta['partial_json']]
  return parts.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0)
}

/** Later counts replace earlier ones: the vendor's are running totals. */
function merged(before: TokenUsage | null, given: Fields): TokenUsage {
  const count = (name: keyof TokenUsage) => {
    const value = given[name]
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : (before?.[name] ?? 0)
  }
  return {
    input_tokens: count('input_tokens'),
    output_tokens: count('output_tokens'),
    cache_read_input_tokens: count('cache_read_input_tokens'),
    cache_creation_input_tokens: count('cache_creation_input_tokens'),
  }
}
