import type { Progress } from '../../lib/contract/event.ts'

/** The part of the SDK's messages that is read here. */
export interface SdkMessage {
  type: string
  subtype?: string
  is_error?: boolean
  result?: string
  num_turns?: number
  event?: { type: string; delta?: { type: string; text?: string; thinking?: string } }
  message?: { content?: string | readonly Block[] }
}

interface Block {
  type: string
  id?: string
  name?: string
  input?: Record<string, unknown>
  tool_use_id?: string
  is_error?: boolean
}

/** Tells what the program does in the words that every run has for it. */
export function openNarrator(say: (progress: Progress) => void) {
  let step = 0
  const begun = new Map<string, { tool: string; target: string; at: number }>()

  function heardBlock(block: Block): void {
    if (block.type === 'tool_use' && block.id) {
      const call = { tool: (block.name ?? '').toLowerCase(), target: targetOf(block.input), at: Date.now() }
      begun.set(block.id, call)
      say({ kind: 'tool_started', step, callId: block.id, tool: call.tool, target: call.target })
    }
    const ended = block.type === 'tool_result' && begun.get(block.tool_use_id ?? '')
    if (!ended) return
    const { tool, target, at } = ended
    const callId = block.tool_use_id ?? ''
    say({ kind: 'tool_ended', step, callId, tool, target, ok: !block.is_error, output: '', ms: Date.now() - at })
  }

  return {
    hear({ type, subtype, event, message }: SdkMessage): void {
      if (type === 'system' && subtype === 'api_retry') say({ kind: 'waiting', status: null, seconds: 1, tries: 1 })
      if (event?.type === 'message_start') step += 1
      const words = event?.delta?.text ?? event?.delta?.thinking
      if (words) say({ kind: 'text', step, text: words })
      if (typeof message?.content === 'object') message.content.forEach(heardBlock)
    },
  }
}

function targetOf(input: Record<string, unknown> = {}): string {
  const target = input['file_path'] ?? input['command'] ?? input['pattern'] ?? ''
  return String(target).slice(0, 500)
}
