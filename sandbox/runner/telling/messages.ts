import type Anthropic from '@anthropic-ai/sdk'
import type { RunJob } from '../../../lib/contract/run.ts'
import type { Entry, Replied } from '../../../lib/domain/generation.ts'
import { framed, framedReport, type Frame } from './framing.ts'

type Message = Anthropic.Beta.BetaMessageParam
type Content = Extract<Message['content'], unknown[]>

/** What a generation is told beside its own history; the same for all its requests. */
export interface Telling {
  memory: string | null
  conversation: NonNullable<RunJob['generation']>['conversation']
  /** What stands before the words of the request itself. */
  besides: Content
  frame: Frame
}

/** The conversation as the model sees it: what was said before this generation, then its own history. */
export function messagesOf(telling: Telling, history: readonly Entry[], model: string): Message[] {
  const at = history.findLastIndex(({ kind }) => kind === 'compacted')
  const compacted = history[at]
  const tell = asMessage(telling, model)
  if (compacted?.kind !== 'compacted') return [...before(telling), ...history.flatMap(tell)]
  const kept = [...history.slice(0, 1), ...toldLast(history.slice(0, at)), ...history.slice(at + 1)]
  return [remember(compacted.text), ...kept.flatMap(tell)]
}

/** Marks the last two messages of the user, so that this request and the next find all up to here in the model's cache. */
export function withCacheMarks(messages: readonly Message[]): Message[] {
  const marked = new Set(messages.filter(({ role }) => role === 'user').slice(-2))
  return messages.map((message) => (marked.has(message) ? mark(message) : message))
}

const before = ({ memory, conversation }: Telling): Message[] => [
  ...(memory === null ? [] : [remember(memory)]),
  ...conversation.flatMap(({ prompt, answer }) => [say('user', prompt), say('assistant', answer || '(no answer)')]),
]

const remember = (text: string) => say('user', `What was said and decided until now, summed up:\n\n${text}`)

// A report that was not answered yet must be heard word by word.
function toldLast(history: readonly Entry[]): Entry[] {
  const last = history.at(-1)
  return last?.kind === 'told' ? [last] : []
}

const asMessage =
  ({ besides, frame }: Telling, model: string) =>
  (entry: Entry): Message[] => {
    switch (entry.kind) {
      case 'asked':
        return [{ role: 'user', content: [...besides, { type: 'text', text: entry.text }] }]
      case 'told':
        return [say('user', entry.repair ? framedReport(entry.text, frame) : entry.text)]
      case 'replied':
        return [{ role: 'assistant', content: repliedBy(entry, model) }]
      case 'used':
        return [{ role: 'user', content: framed(entry.results as Content, frame) }]
      default:
        return []
    }
  }

// The thoughts of another model are of no use to this one, which may not even take them.
function repliedBy(entry: Replied, model: string): Content {
  const content = entry.content as Content
  if (entry.model === undefined || entry.model === model) return content
  const kept = content.filter(({ type }) => type !== 'thinking' && type !== 'redacted_thinking')
  return kept.length > 0 ? kept : [{ type: 'text', text: '…' }]
}

const say = (role: Message['role'], text: string): Message => ({ role, content: [{ type: 'text', text }] })

function mark(message: Message): Message {
  if (message.role === 'system' || !Array.isArray(message.content)) return message
  const last = message.content.length - 1
  return { role: message.role, content: message.content.map((block, at) => (at === last ? markBlock(block) : block)) }
}

const markBlock = (block: Content[number]): Content[number] =>
  block.type === 'text' || block.type === 'tool_result' ? { ...block, cache_control: { type: 'ephemeral' } } : block
