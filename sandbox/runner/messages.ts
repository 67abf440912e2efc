import type Anthropic from '@anthropic-ai/sdk'
import type { RunJob } from '../../lib/contract/run.ts'
import type { Entry } from '../../lib/domain/generation.ts'

type Message = Anthropic.Beta.BetaMessageParam
type Content = Extract<Message['content'], unknown[]>
type Conversation = NonNullable<RunJob['generation']>['conversation']

/** The conversation as the model sees it: what was said before this generation, then its own history. */
export function messagesOf(conversation: Conversation, history: readonly Entry[]): Message[] {
  const before = conversation.flatMap(({ prompt, answer }) => [
    say('user', prompt),
    say('assistant', answer || '(no answer)'),
  ])
  return [...before, ...history.flatMap(asMessage)]
}

/** Marks the last message, so that the next request finds all up to here in the model's cache. */
export function withCacheMark(messages: readonly Message[]): Message[] {
  return messages.map((message, index) => {
    if (index < messages.length - 1 || message.role !== 'user' || !Array.isArray(message.content)) return message
    const { content } = message
    return { ...message, content: content.map((block, at) => (at === content.length - 1 ? mark(block) : block)) }
  })
}

function asMessage(entry: Entry): Message[] {
  switch (entry.kind) {
    case 'asked':
    case 'told':
      return [say('user', entry.text)]
    case 'replied':
      return [{ role: 'assistant', content: entry.content as Content }]
    case 'used':
      return [{ role: 'user', content: entry.results as Content }]
    default:
      return []
  }
}

const say = (role: Message['role'], text: string): Message => ({ role, content: [{ type: 'text', text }] })

const mark = (block: Content[number]): Content[number] =>
  block.type === 'text' || block.type === 'tool_result' ? { ...block, cache_control: { type: 'ephemeral' } } : block
