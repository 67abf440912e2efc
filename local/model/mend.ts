import { call, say } from './reply.ts'
import type { ReplyBlock } from './reply.ts'
import { summaryOf } from './scenario.ts'
import { scenarioFor } from './scenarios/index.ts'
import type { Turn } from './turn.ts'

type Repair = { error: RegExp; find: string; replace: string; why: string }

// Mistakes that the scenarios make on purpose, so that a demo shows a check being answered.
const repairs: Repair[] = [
  {
    error: /lib\/totals\.ts/,
    find: 'sum + expense.amount.toFixed(2)',
    replace: 'sum + expense.amount',
    why: '`toFixed` gives text, so the total was text too: amounts are added as numbers and formatted only when shown.',
  },
  { error: /slip\.ts/, find: "'seven'", replace: '7', why: 'A number is not a word in quotes.' },
  { error: /slip\.js/, find: 'seven 7', replace: '7', why: 'A number is written once, as a number.' },
]

/** Answers a report of failed checks: read the file that the compiler names, change the line, say why. */
export function mend(turn: Turn, report: string): ReplyBlock[] {
  const { moves, files } = turn
  const summary = summaryOf(scenarioFor(turn), turn.prompt)
  const path = /((?:src\/)?[\w./-]+\.(?:tsx?|jsx?|css|html))[(:]\d+/.exec(report)?.[1]
  if (path === undefined) return [say('The checks failed in a way that a script cannot read, so I changed nothing.')]
  if (moves === 0) {
    return [say(`The check found a mistake in \`${path}\`. I’ll look at that line.`), call('read', { file_path: path })]
  }
  const text = files.get(path) ?? ''
  if (turn.done.has(`edit ${path}`)) return [say(`The check found a mistake, and I mended it.\n\n${summary}`)]
  const repair = repairs.find(({ error, find }) => error.test(path) && text.includes(find))
  if (repair === undefined)
    return [say(`I read \`${path}\`, but mending it needs a model: a script only knows its own mistakes.`)]
  const { find, replace } = repair
  return [say(repair.why), call('edit', { file_path: path, old_string: find, new_string: replace })]
}
