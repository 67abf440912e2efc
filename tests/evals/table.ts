import type { Outcome, TurnOutcome } from './run-eval.ts'

type Column = readonly [title: string, cell: (outcome: Outcome) => string]

const first = ({ turns }: Outcome): TurnOutcome | undefined => turns[0]
const sum = ({ turns }: Outcome, of: (turn: TurnOutcome) => number): number =>
  turns.reduce((all, turn) => all + of(turn), 0)
const seconds = (value: number | null | undefined): string =>
  typeof value === 'number' ? `${value.toFixed(1)} s` : '–'
const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(0)} %`)
const broken = ({ turns }: Outcome): number =>
  turns.reduce((all, { failures }) => all + failures.filter(({ before }) => before).length, 0)

const columns: readonly Column[] = [
  ['app', ({ name, general }) => (general ? `${name} ¹` : name)],
  ['checks', (outcome) => `${sum(outcome, ({ passed }) => passed)}/${sum(outcome, ({ of }) => of)}`],
  ['broken later', (outcome) => String(broken(outcome))],
  ['preview', (outcome) => seconds(first(outcome)?.previewSeconds)],
  ['green', (outcome) => seconds(first(outcome)?.greenSeconds)],
  ['steps', (outcome) => String(sum(outcome, ({ steps }) => steps))],
  ['repairs', (outcome) => String(sum(outcome, ({ repairs }) => repairs))],
  ['tokens', ({ turns }) => tokens(turns.map((turn) => turn.tokens))],
  ['cost', (outcome) => dollars(sum(outcome, ({ micros }) => micros))],
  [
    'needless',
    (outcome) =>
      share(
        sum(outcome, (t) => t.linesNeedless),
        sum(outcome, (t) => t.linesTouched),
      ),
  ],
]

const tokens = (counts: readonly (number | null)[]): string =>
  counts.some((count) => count === null) ? '–' : String(counts.reduce<number>((all, count) => all + (count ?? 0), 0))
const dollars = (micros: number): string => `$${(micros / 1_000_000).toFixed(4)}`

/** What the evals found, as a table of Markdown, and below it what failed. */
export function table(outcomes: readonly Outcome[]): string {
  const cells = [columns.map(([title]) => title), ...outcomes.map((each) => columns.map(([, cell]) => cell(each)))]
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)))
  const [head = '', ...rows] = cells.map(
    (line) => `| ${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`,
  )
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [head, rule, ...rows, '', ...notes(outcomes), ...outcomes.flatMap(failuresOf)].join('\n')
}

export const allPassed = (outcomes: readonly Outcome[]): boolean =>
  outcomes.every(({ turns }) => turns.every(({ state, failures }) => state === 'succeeded' && failures.length === 0))

function notes(outcomes: readonly Outcome[]): string[] {
  const all = { passed: 0, of: 0, micros: 0 }
  for (const turn of outcomes.flatMap(({ turns }) => turns)) {
    all.passed += turn.passed
    all.of += turn.of
    all.micros += turn.micros
  }
  const models = [...new Set(outcomes.map(({ model }) => model))].join(', ')
  const simulated = models.startsWith('scripted-') ? ' simulated, no model spoke' : ''
  return [
    `${outcomes.length} apps by ${models}: ${all.passed} of ${all.of} checks passed, ${dollars(all.micros)}${simulated}.`,
    'checks: each made after its request and again after every later one. needless: lines changed that stand in the end as before.',
    ...(outcomes.some(({ general }) => general)
      ? ['¹ The scripted model has no such app: the checks are those of its general page.']
      : []),
  ]
}

const failuresOf = ({ name, turns }: Outcome): string[] =>
  turns.flatMap(({ prompt, state, failure, failures }) => [
    ...(state === 'succeeded' ? [] : [`${name}: “${prompt}” ${state}${failure ? ` (${failure})` : ''}`]),
    ...failures.map(({ that, why, before }) => `${name}: ${before ? 'broke: ' : ''}${that}, after “${prompt}”: ${why}`),
  ])
