import { randomUUID } from 'node:crypto'

export type Text = { type: 'text'; text: string }
export type ToolCall = { type: 'tool_use'; name: string; input: Record<string, unknown> }
/** One piece of what the scripted model answers. */
export type ReplyBlock = Text | ToolCall

export type ReplyMessage = ReturnType<typeof messageOf>

export const say = (text: string): Text => ({ type: 'text', text })
export const call = (name: string, input: Record<string, unknown>): ToolCall => ({ type: 'tool_use', name, input })

/** About four characters a token: the rule of thumb for English and code. */
export const tokensOf = (text: string): number => Math.ceil(text.length / 4)

const sizeOf = (block: ReplyBlock): number =>
  tokensOf(block.type === 'text' ? block.text : block.name + JSON.stringify(block.input))

/** The blocks that fit into `max_tokens`; a text is shortened, a tool call is left out whole. */
export function fit(blocks: ReplyBlock[], maxTokens: number): { blocks: ReplyBlock[]; cut: boolean } {
  const kept: ReplyBlock[] = []
  let left = maxTokens
  for (const block of blocks) {
    const size = sizeOf(block)
    if (size > left) {
      if (block.type === 'text') kept.push(say(block.text.slice(0, left * 4)))
      return { blocks: kept, cut: true }
    }
    kept.push(block)
    left -= size
  }
  return { blocks: kept, cut: false }
}

/** A whole answer in the shape of the Messages API. */
export function messageOf(
  { blocks, cut }: ReturnType<typeof fit>,
  { model, inputTokens }: { model: string; inputTokens: number },
) {
  const callsTools = blocks.some((block) => block.type === 'tool_use')
  return {
    id: newId('msg'),
    type: 'message' as const,
    role: 'assistant' as const,
    model,
    content: blocks.map((block) => (block.type === 'text' ? block : { ...block, id: newId('toolu') })),
    stop_reason: cut ? ('max_tokens' as const) : callsTools ? ('tool_use' as const) : ('end_turn' as const),
    stop_sequence: null,
    usage: {
      input_tokens: inputTokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: blocks.reduce((sum, block) => sum + sizeOf(block), 0),
    },
  }
}

const newId = (prefix: string): string => `${prefix}_01${randomUUID().replaceAll('-', '').slice(0, 22)}`
