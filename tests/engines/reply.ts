export type Block = { text: string } | { tool: string; input: Record<string, unknown> }

/** A reply of the vendor as a stream of events: 100 tokens in, 50 out. */
export function reply(blocks: readonly Block[]): string {
  const calls = blocks.some((block) => 'tool' in block)
  return [
    {
      type: 'message_start',
      message: {
        id: `msg_${crypto.randomUUID()}`,
        type: 'message',
        role: 'assistant',
        model: 'scripted-1',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 100, output_tokens: 1 },
      },
    },
    ...blocks.flatMap(eventsOf),
    {
      type: 'message_delta',
      delta: { stop_reason: calls ? 'tool_use' : 'end_turn', stop_sequence: null },
      usage: { output_tokens: 50 },
    },
    { type: 'message_stop' },
  ]
    .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join('')
}

function eventsOf(block: Block, index: number) {
  const stop = { type: 'content_block_stop', index }
  if ('text' in block) {
    const start = { type: 'content_block_start', index, content_block: { type: 'text', text: '' } }
    return [start, { type: 'content_block_delta', index, delta: { type: 'text_delta', text: block.text } }, stop]
  }
  const call = { type: 'tool_use', id: `toolu_${crypto.randomUUID().slice(0, 20)}`, name: block.tool, input: {} }
  const input = { type: 'input_json_delta', partial_json: JSON.stringify(block.input) }
  return [
    { type: 'content_block_start', index, content_block: call },
    { type: 'content_block_delta', index, delta: input },
    stop,
  ]
}
