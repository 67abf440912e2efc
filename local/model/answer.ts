import { changeFor } from './followups/index.ts'
import { improved } from './improve.ts'
import { mend } from './mend.ts'
import { call, say } from './reply.ts'
import type { ReplyBlock } from './reply.ts'
import type { MessagesRequest } from './request.ts'
import { nextStep, summaryOf } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { isNamed, scenarioFor } from './scenarios/index.ts'
import { plan, question, summary } from './talk.ts'
import { turnOf } from './turn.ts'
import type { Turn } from './turn.ts'
import { wantsQuestion } from './wish.ts'

/** Every last word says what spoke here. */
const disclosure = 'This was a scripted demo, no model.'

/** What the scripted model answers to a conversation; the same conversation always gets the same answer. */
export async function answer(request: MessagesRequest): Promise<ReplyBlock[]> {
  const words = improved(request)
  if (words !== undefined) return [say(words)]
  const turn = turnOf(request)
  const blocks = await next(turn)
  return blocks.some((block) => block.type === 'tool_use') ? blocks : ending(blocks, turn)
}

async function next(turn: Turn): Promise<ReplyBlock[]> {
  if (turn.sumUp) return summary(turn)
  if (!turn.canRead || !isRequest(turn.prompt)) return [say(greeting)]
  if (!turn.canBuild) return plan(turn)
  if (turn.report !== undefined) return mend(turn, turn.report)
  if (turn.canAsk && wantsQuestion(turn.prompts.at(-1) ?? '')) return question()
  const scenario = scenarioFor(turn)
  if (turn.moves === 0) return look(turn, scenario)
  if (isEmptyGround(turn) || asksAnew(turn)) return build(scenario, turn)
  return changeFor(turn)
}

async function build(scenario: Scenario, turn: Turn): Promise<ReplyBlock[]> {
  const clearing = clearingOf(scenario, turn)
  if (clearing !== undefined && !turn.tried.has(`bash ${clearing}`)) {
    return [
      say('I’ll clear away the app that was here; its version stays in the history.'),
      call('bash', { command: clearing }),
    ]
  }
  return (await nextStep(scenario, turn)) ?? [say(summaryOf(scenario, turn.prompt))]
}

// What another app left behind would not pass the check beside the new one.
function clearingOf({ steps }: Scenario, { listing }: Turn): string | undefined {
  const kept = new Set([...steps.flatMap(({ write }) => write), 'src/main.tsx'])
  const stale = listing.filter((path) => /^(?:src|scripts)\/[\w./-]+$/.test(path) && !kept.has(path))
  return stale.length === 0 ? undefined : `rm -f ${stale.sort().join(' ')}`
}

const firstReads = {
  react: ['index.html', 'src/App.tsx', 'src/index.css'],
  static: ['index.html', 'style.css', 'script.js'],
}

// What is already there decides everything after: a new app, or a change to one.
function look({ template }: Turn, { opening }: Scenario): ReplyBlock[] {
  const pattern = template === 'react' ? 'src/**/*' : '**/*'
  const reads = firstReads[template].map((path) => call('read', { file_path: path }))
  return [say(opening), call('glob', { pattern }), ...reads]
}

function isEmptyGround({ template, files }: Turn): boolean {
  const page = files.get(template === 'react' ? 'src/App.tsx' : 'index.html')
  return page === undefined || /Your (?:app|site) will appear here/.test(page)
}

const asksAnew = (turn: Turn): boolean =>
  /^\s*(?:please\s+|now\s+)*(?:build|create|make|design|write|start|i want|i need)\s+(?:me\s+|us\s+)?(?:an?|another|a new)\s/i.test(
    turn.prompt,
  ) && isNamed(turn)

const isRequest = (prompt: string): boolean =>
  /\p{L}{3}/u.test(prompt) &&
  !/^\W*(?:hi|hello|hey|thanks|thank you|ok|okay|test|help|good (?:morning|evening))\W*$/i.test(prompt)

const greeting =
  'Hello. Tell me what you would like to have, in a sentence: for example “a habit tracker with streaks”, “a landing page for a bakery” or “a kanban board for a small team”.'

function ending(blocks: ReplyBlock[], { failures }: Turn): ReplyBlock[] {
  const spoken = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n\n')
  const trouble = failures.length === 0 ? '' : `\n\nNot everything went through: ${failures.join('; ')}`
  return [say(`${spoken}${trouble}\n\n${disclosure}`)]
}
