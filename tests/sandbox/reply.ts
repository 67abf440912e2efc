export interface ScriptedReply {
  text?: string
  calls?: { tool: string; input: object }[]
  stop?: string
}

/** A reply of the model as the chunks of text that its event stream is stored in. */
export function chunksOf(reply: ScriptedReply, number: number): string[] {
  const blocks = [
    ...(reply.text === undefined
      ? []
      : [{ start: { type: 'text', text: '' }, delta: { type: 'text_delta', text: reply.text } }]),
    ...(reply.calls ?? []).map(({ tool, input }, index) => ({
      start: { type: 'tool_use', id: `toolu_${number}_${index}`, name: tool, input: {} },
      delta: { type: 'input_json_delta', partial_json: JSON.stringify(input) },
    })),
  ]
  const usage = { input_tokens: 10, output_tokens: 10 }
  const message = {
    id: `msg_${number}`,
    type: 'message',
    role: 'assistant',
    model: 'scripted-1',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  }
  const stop = reply.stop ?? (reply.calls?.length ? 'tool_use' : 'end_turn')
  return [
    sse({ type: 'message_start', message }),
    ...blocks.map(({ start, delta }, index) =>
      [
        sse({ type: 'content_block_start', index, content_block: start }),
        sse({ type: 'content_block_delta', index, delta }),
        sse({ type: 'content_block_stop', index }),
      ].join(''),
    ),
    sse({ type: 'message_delta', delta: { stop_reason: stop, stop_sequence: null }, usage }) +
      sse({ type: 'message_stop' }),
  ]
}

const sse = (event: { type: string; [field: string]: unknown }) =>
  `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
