import { call, say } from './reply.ts'
import type { ReplyBlock } from './reply.ts'
import type { Turn } from './turn.ts'
import { scenarioFor } from './scenarios/index.ts'
import { titleOf } from './words.ts'

/** The plan of what would be built, for a run that may only read. */
export function plan(turn: Turn): ReplyBlock[] {
  const scenario = scenarioFor(turn)
  if (turn.moves === 0) {
    return [say('I’ll look at what is there before I plan.'), call('glob', { pattern: '**/*' })]
  }
  const files = scenario.steps.flatMap(({ write }) => write)
  const steps = scenario.steps.map((step, at) => `${at + 1}. ${step.say}`)
  const lines = files.map((path) => `- \`${path}\`${turn.listing.includes(path) ? ' (changed)' : ''}`)
  const title = titleOf(turn.prompt, scenario.title)
  return [
    say([`## Plan: ${title}`, '### Steps', ...steps, '### Files', ...lines, 'Say “Build it” to begin.'].join('\n')),
  ]
}

/** Asks back once, when the person wants to be asked. */
export const question = (): ReplyBlock[] => [
  say('One thing decides how it will look.'),
  call('ask_person', { question: 'Which colour should it have?', choices: ['Teal', 'Purple', 'Orange'] }),
]

/** A summary that keeps every wish word by word. */
export function summary({ prompts, memory }: Turn): ReplyBlock[] {
  const [last = '', ...earlier] = prompts.toReversed()
  const wishes = earlier.toReversed().map((prompt) => `- The person asked: ${prompt}`)
  return [say([memory, ...wishes, '# The request at hand', `- ${last}`].filter(Boolean).join('\n'))]
}
