import Anthropic from '@anthropic-ai/sdk'
import type { BetaRunnableTool } from '@anthropic-ai/sdk/lib/tools/BetaRunnableTool'
import type { ModelRequest } from '../../../lib/contract/model.ts'
import type { ControlPlane } from '../control-plane.ts'
import { BrokenReply } from './fault.ts'
import { withCacheMarks } from '../telling/messages.ts'
import { purposeHeader, relayFetch } from './relay-fetch.ts'

const maxTokens = 16_000

export type ModelMessage = Anthropic.Beta.BetaMessage
type Message = Anthropic.Beta.BetaMessageParam

interface Listening {
  model: string
  messages: Message[]
  purpose: ModelRequest['purpose']
  signal: AbortSignal
  say?: (text: string) => void
}

/** Speaks to the vendor's API through the relay, one request at a time, always with the same system prompt and tools. */
export function openModelClient({
  plane,
  gateway,
  system,
  tools,
}: {
  plane: ControlPlane
  /** Where a host of the gateway streams; without one, the API relays. */
  gateway?: string | undefined
  system: string
  tools: BetaRunnableTool[]
}) {
  // The address and the key are never used: every request goes through the relay, which has its own.
  const client = new Anthropic({
    baseURL: 'http://relay',
    authToken: 'relay',
    fetch: relayFetch(plane, { gateway }),
    maxRetries: 0,
  })

  return { listen, use }

  /** The next reply, whole. */
  async function listen({ model, messages, purpose, signal, say = () => undefined }: Listening): Promise<ModelMessage> {
    const body = { ...settingsOf(model, system, tools), messages: withCacheMarks(messages), stream: true as const }
    const runner = client.beta.messages.toolRunner(body, { signal, headers: { [purposeHeader]: purpose } })
    for await (const stream of runner) {
      for await (const event of stream) speak(event, say)
      return whole(await stream.finalMessage())
    }
    throw new BrokenReply('The model did not reply.')
  }

  /** Runs the calls of the last message; answers their results. */
  async function use(model: string, messages: Message[]): Promise<unknown> {
    const body = { ...settingsOf(model, system, tools), messages }
    const answer = await client.beta.messages.toolRunner(body).generateToolResponse()
    return answer?.content ?? []
  }
}

const settingsOf = (model: string, system: string, tools: BetaRunnableTool[]) => ({
  model,
  max_tokens: maxTokens,
  system: [{ type: 'text' as const, text: system, cache_control: { type: 'ephemeral' as const } }],
  tools,
  // A thread would keep the conversation at the vendor, under a key that all projects share.
  thread: false as const,
  ...(thinks(model) ? { thinking: { type: 'adaptive' as const, display: 'summarized' as const } } : {}),
})

// Claude models think adaptively from 4.6 on; others, and the scripted one, do not know the setting.
const thinks = (model: string) => model.startsWith('claude-') && !/-(3|4-[0-5])\b/.test(model)

// Newer models say what they do between tools as summarised thoughts.
function speak(event: Anthropic.Beta.BetaRawMessageStreamEvent, say: (text: string) => void) {
  if (event.type === 'content_block_start' && event.index > 0 && event.content_block.type !== 'tool_use') say('\n\n')
  if (event.type !== 'content_block_delta') return
  if (event.delta.type === 'text_delta') say(event.delta.text)
  if (event.delta.type === 'thinking_delta') say(event.delta.thinking)
}

// A stream may end in the middle of a call without saying so.
function whole(message: ModelMessage): ModelMessage {
  if (message.stop_reason === null) throw new BrokenReply('The reply broke off.')
  return message
}
