import { parseArgs } from 'node:util'
import { evals } from '../tests/evals/cases/index.ts'
import { evaluate } from '../tests/evals/evaluate.ts'
import { allPassed, table } from '../tests/evals/table.ts'
import { buildAll } from './build.ts'
import { readSettings } from './settings.ts'

/**
 * `npm run eval`: lets the model build 24 apps, uses each in a browser, and prints a table. `-- --only todo,quiz` takes some,
 * `-- --json` prints everything that was found. Ends with 1 when a check failed.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'boolean' } } })
  const names = values.only?.split(',').map((name) => name.trim())
  const unknown = names?.filter((name) => !evals.some((each) => each.name === name)) ?? []
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(', ')}; there are ${evals.map(({ name }) => name).join(', ')}.`)
  // What is told on the way goes elsewhere when the answer is read by a program.
  if (values.json) console.log = console.error

  await buildAll()
  const outcomes = await evaluate({
    evals: evals.filter(({ name }) => names?.includes(name) ?? true),
    settings: readSettings(),
    onDone: (outcome) => console.log(`${allPassed([outcome]) ? 'passed' : 'FAILED'}  ${outcome.name}`),
  })
  process.stdout.write(values.json ? `${JSON.stringify(outcomes, null, 2)}\n` : `\n${table(outcomes)}\n`)
  process.exitCode = allPassed(outcomes) ? 0 : 1
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
