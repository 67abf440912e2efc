import type Anthropic from '@anthropic-ai/sdk'
import type { BetaRunnableTool } from '@anthropic-ai/sdk/lib/tools/BetaRunnableTool'
import { ToolError } from '@anthropic-ai/sdk/lib/tools/ToolError'
import * as z from 'zod/mini'
import type { Question } from '../../../lib/contract/generation.ts'
import type { Entry } from '../../../lib/domain/generation.ts'

const name = 'ask_person'
const Input = z.object({
  question: z.string().check(z.trim(), z.minLength(1), z.maxLength(2_000)),
  choices: z.array(z.string().check(z.trim(), z.minLength(1), z.maxLength(200))).check(z.minLength(2), z.maxLength(6)),
})

/** The tool with which the model asks the person. A call that may be made ends the run, so running it always refuses. */
export const askPerson: BetaRunnableTool = {
  name,
  description:
    'Asks the person one question and ends your work until they answer. Only before the first change, and only when the answer changes what you build and cannot be guessed.',
  input_schema: {
    type: 'object',
    properties: {
      question: { type: 'string', description: 'One short, plain question.' },
      choices: {
        type: 'array',
        items: { type: 'string' },
        minItems: 2,
        maxItems: 6,
        description: 'Short answers to choose from, the one you recommend first.',
      },
    },
    required: ['question', 'choices'],
  },
  parse: (input) => input,
  run: () => {
    throw new ToolError(
      'This cannot be asked now. A question has 2 to 6 choices, comes before the first change and not right after another: decide yourself and say what you chose.',
    )
  },
}

/** The question in a reply, when it may be asked: with choices, before anything was changed. */
export function questionIn(
  content: readonly Anthropic.Beta.BetaContentBlock[],
  history: readonly Entry[],
): Question | null {
  const call = content.find((block) => block.type === 'tool_use' && block.name === name)
  const input = Input.safeParse(call?.type === 'tool_use' ? call.input : undefined)
  if (!input.success || history.some((entry) => entry.kind === 'used' && entry.changed > 0)) return null
  return { text: input.data.question, choices: input.data.choices }
}
