import type Anthropic from '@anthropic-ai/sdk'
import type { Entry, Replied, ReplyEnd } from '../../../lib/domain/generation.ts'
import { questionIn } from '../telling/ask-person.ts'
import type { ModelMessage } from './model-client.ts'

const ends: Partial<Record<string, ReplyEnd>> = {
  tool_use: 'calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'refused',
}

interface Circumstances {
  model: string
  history: readonly Entry[]
  /** Not twice in a row: what the person just said is the answer to a question. */
  mayAsk: boolean
}

/** A reply as the generation notes it. */
export function asReplied(message: ModelMessage, { model, history, mayAsk }: Circumstances): Replied {
  const { content, stop_reason } = message
  const ended = ends[stop_reason ?? ''] ?? 'done'
  // The input of a call that was cut off is not whole, so such calls are not made.
  const kept = ended === 'calls' ? content : content.filter(({ type }) => type !== 'tool_use')
  const calls = kept.flatMap((block) => (block.type === 'tool_use' ? [{ id: block.id, tool: block.name }] : []))
  return {
    kind: 'replied',
    ended,
    text: textOf(kept),
    calls,
    content: kept.length > 0 ? kept : [{ type: 'text', text: '…' }],
    question: ended === 'calls' && mayAsk ? questionIn(kept, history) : null,
    tokens: tokensOf(message),
    model,
  }
}

export const textOf = (content: readonly Anthropic.Beta.BetaContentBlock[]) =>
  content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n\n')

/** What the request and its reply filled of the window. */
export function tokensOf({ usage }: ModelMessage): number {
  const { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens } = usage
  return input_tokens + output_tokens + (cache_read_input_tokens ?? 0) + (cache_creation_input_tokens ?? 0)
}
