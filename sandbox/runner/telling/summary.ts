import type Anthropic from '@anthropic-ai/sdk'
import type { RunJob } from '../../../lib/contract/run.ts'
import { tokensIn } from '../../../lib/domain/fullness.ts'
import type { Entry } from '../../../lib/domain/generation.ts'
import type { GenerationId } from '../../../lib/contract/ids.ts'
import type { Telling } from './messages.ts'
import type { ModelMessage } from '../model/model-client.ts'
import { textOf } from '../model/replied.ts'

const mostKept = 40_000
const heading = '# The request at hand'

/** Asks for a summary. It follows the whole conversation, so that all of it is still in the model's cache. */
export const summaryRequest: Anthropic.Beta.BetaMessageParam = {
  role: 'user',
  content: [
    {
      type: 'text',
      text: `Sum up this conversation now, for yourself: you go on with nothing but your summary. Call no tool.
Keep every decision and its reason, all names (of things, files, colours, texts) exactly as they are, all constraints and rules that the person set, and what they wished for and did not get yet. Leave out what can be read in the files again.
First what was said before the request at hand. Then a line “${heading}”, and under it what you have done for it, what you found out, and what is left to do.
Plain Markdown, at most 1,500 words.`,
    },
  ],
}

/** The summary in a reply; when there is none, the requests themselves, shortened, so that nothing is lost without a word. */
export function summaryIn(message: ModelMessage, telling: Telling, history: readonly Entry[]) {
  const text = (textOf(message.content).trim() || mechanical(telling)).slice(0, mostKept)
  const [asked] = history
  return { text, tokens: tokensIn(text) + (asked?.kind === 'asked' ? tokensIn(asked.text) : 0) }
}

/** What later runs are told of it: all but the request that this run works on, whose own words they are told. */
export function memoryOf(
  history: readonly Entry[],
  conversation: NonNullable<RunJob['generation']>['conversation'],
): { text: string; upTo: GenerationId } | null {
  const compacted = history.findLast((entry) => entry.kind === 'compacted')
  const upTo = conversation.at(-1)?.id
  if (!compacted || !upTo) return null
  const [before = ''] = compacted.text.split(heading)
  return before.trim() === '' ? null : { text: before.trim(), upTo }
}

function mechanical({ memory, conversation }: Telling): string {
  const wishes = conversation.map(
    ({ prompt, answer }) => `- Asked: ${firstLine(prompt)}\n  Answered: ${firstLine(answer)}`,
  )
  return [memory ?? '', ...wishes].filter(Boolean).join('\n').slice(-mostKept)
}

const firstLine = (text: string) => (text.trim().split('\n')[0] ?? '').slice(0, 300)
