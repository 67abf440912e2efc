import { join } from 'node:path'
import { measure as bundles } from '../tests/bench/bundles.ts'
import { measure as coldStart } from '../tests/bench/cold-start.ts'
import { measure as conversation } from '../tests/bench/conversation.ts'
import { measure as editor } from '../tests/bench/editor.ts'
import { measure as gateway } from '../tests/bench/gateway.ts'
import { measure as generations } from '../tests/bench/generations.ts'
import { measure as onScreen } from '../tests/bench/on-screen.ts'
import { measure as opening } from '../tests/bench/opening.ts'
import { measure as pages } from '../tests/bench/pages.ts'
import { measure as requests } from '../tests/bench/requests.ts'
import { table, type Row } from '../tests/bench/row.ts'
import { measure as reservations } from '../tests/bench/reservations.ts'
import { measure as sandboxes } from '../tests/bench/sandboxes.ts'
import { measure as sentence } from '../tests/bench/sentence.ts'
import { measure as start } from '../tests/bench/start.ts'
import { measure as usage } from '../tests/bench/usage.ts'
import { measure as watching } from '../tests/bench/watching.ts'
import { measure as web } from '../tests/bench/web.ts'
import { buildAll } from './build.ts'
import { buildShowcase } from './build-showcase.ts'

const groups: Readonly<Record<string, () => Promise<Row[]>>> = {
  bundles,
  'cold-start': coldStart,
  requests,
  pages,
  sentence,
  start,
  sandboxes,
  reservations,
  usage,
  gateway: () => gateway(),
  generations,
  watching,
  conversation,
  editor,
  opening,
  web: async () => [...(await web()), ...(await onScreen())],
}

/** `npm run bench`: every figure against its floor in one run, or the named groups. Ends with 1 when one misses its target. */
async function main(named: string[]): Promise<void> {
  const unknown = named.filter((name) => !groups[name])
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}.`)
  await buildAll()
  await buildShowcase({ templatesDir: join(import.meta.dirname, '../build') })
  const rows: Row[] = []
  for (const [name, measure] of Object.entries(groups)) {
    if (named.length > 0 && !named.includes(name)) continue
    console.log(`Measuring ${name}.`)
    rows.push(...(await measure()))
  }
  console.log(`\n${table(rows)}`)
  process.exitCode = rows.some(({ ok }) => ok === false) ? 1 : 0
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
