import Anthropic from '@anthropic-ai/sdk'
import type { BetaRunnableTool } from '@anthropic-ai/sdk/lib/tools/BetaRunnableTool'
import type { FailureCode } from '../../lib/contract/generation.ts'
import { stepOf, type Entry, type ReplyEnd } from '../../lib/domain/generation.ts'
import type { ControlPlane } from './control-plane.ts'
import { Halted } from './halted.ts'
import { messagesOf, withCacheMark } from './messages.ts'
import { relayFetch } from './relay-fetch.ts'
import type { Reporter } from './reporter.ts'
import { openSpeech } from './speech.ts'
import type { RunJob } from '../../lib/contract/run.ts'

const maxTokens = 16_000
const mostRetries = 2

interface Options {
  generation: NonNullable<RunJob['generation']>
  system: string
  tools: BetaRunnableTool[]
  plane: ControlPlane
  reporter: Reporter
}
type Replied = Entry & { kind: 'replied' }

/** The model of one generation: `ask` gets its next reply, `use` runs the tools that its last reply calls. */
export function openModel({ generation, system, tools, plane, reporter }: Options) {
  // The address and the key are never used: every request goes through the relay, which has its own.
  const client = new Anthropic({ baseURL: 'http://relay', authToken: 'relay', fetch: relayFetch(plane), maxRetries: 0 })
  const settings = settingsOf(generation.model, system, tools)

  return { ask, use }

  /** Rejects with `Halted` when there is no reply to be had, or `signal` says that time is up. */
  async function ask(history: readonly Entry[], signal: AbortSignal): Promise<Replied> {
    for (let retries = 0; ; retries++) {
      try {
        return await listen(history, signal)
      } catch (error) {
        if (signal.aborted) throw new Halted('out_of_time')
        if (!isWorthRetrying(error) || retries >= mostRetries) throw new Halted(codeOf(error))
        // Whoever watches forgets the words of the reply that broke off.
        reporter.progress({ kind: 'resumed', attempt: generation.attempt })
        await pause(waitFor(error, retries), signal)
      }
    }
  }

  async function listen(history: readonly Entry[], signal: AbortSignal): Promise<Replied> {
    const step = stepOf(history)
    const speech = openSpeech((text) => reporter.progress({ kind: 'text', step, text }))
    const messages = withCacheMark(messagesOf(generation.conversation, history))
    const runner = client.beta.messages.toolRunner({ ...settings, messages, stream: true }, { signal })
    try {
      for await (const stream of runner) {
        for await (const event of stream) speak(event, speech.add)
        return asEntry(await stream.finalMessage())
      }
      throw new Anthropic.APIConnectionError({ message: 'The model did not reply.' })
    } finally {
      speech.flush()
    }
  }

  /** The results of the calls in the last entry of `history`, as the message that answers them. */
  async function use(history: readonly Entry[]): Promise<unknown> {
    const messages = messagesOf(generation.conversation, history)
    const answer = await client.beta.messages.toolRunner({ ...settings, messages }).generateToolResponse()
    return answer?.content ?? []
  }
}
export type Model = ReturnType<typeof openModel>

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

const ends: Partial<Record<string, ReplyEnd>> = { tool_use: 'calls', max_tokens: 'length', refusal: 'refused' }

function asEntry({ content, stop_reason }: Anthropic.Beta.BetaMessage): Replied {
  const ended = ends[stop_reason ?? ''] ?? 'done'
  // The input of a call that was cut off is not whole, so such calls are not made.
  const kept = ended === 'calls' ? content : content.filter(({ type }) => type !== 'tool_use')
  const calls = kept.flatMap((block) => (block.type === 'tool_use' ? [{ id: block.id, tool: block.name }] : []))
  const text = kept.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n\n')
  return { kind: 'replied', ended, text, calls, content: kept.length > 0 ? kept : [{ type: 'text', text: '…' }] }
}

const refusals: Partial<Record<number, FailureCode>> = {
  400: 'platform_fault',
  402: 'budget_used_up',
  403: 'platform_fault',
  404: 'platform_fault',
  413: 'platform_fault',
  422: 'platform_fault',
}

const statusOf = (error: unknown) => (error instanceof Anthropic.APIError ? error.status : undefined)
const codeOf = (error: unknown): FailureCode => refusals[statusOf(error) ?? 0] ?? 'model_unavailable'
const headerOf = (error: unknown, name: string) =>
  error instanceof Anthropic.APIError ? (error.headers?.get(name) ?? undefined) : undefined

// Errors without a status broke off on the way: the connection, or the stream of a reply.
function isWorthRetrying(error: unknown): boolean {
  const status = statusOf(error)
  if (headerOf(error, 'x-should-retry') === 'false') return false
  return status === undefined || status === 408 || status === 429 || status >= 500
}

function waitFor(error: unknown, retries: number): number {
  const seconds = Number(headerOf(error, 'retry-after'))
  return seconds > 0 ? Math.min(seconds, 30) * 1000 : 500 * 2 ** retries
}

async function pause(ms: number, signal: AbortSignal) {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => resolve(), { once: true })
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  })
}
