import { join } from 'node:path'
import postgres from 'postgres'
import { formatKeyset } from '../../lib/contract/keyset.ts'
import { startChild } from './parts/child.ts'
import type { Outcome, Work } from './parts/load.ts'
import { interleaved } from './parts/rounds.ts'
import { median } from './parts/statistics.ts'
import { openTown } from './parts/town.ts'
import { against, type Row } from './row.ts'

const deep = 9_980
const rounds = 20
const pagesARound = 20

/** The page at row 9,980 of a person's 10,000 projects against the first page, through the built function. */
export async function measure(): Promise<Row[]> {
  await using parts = new AsyncDisposableStack()
  const town = await openTown({ people: 1, projects: 10_000 })
  parts.defer(() => town.close())
  const [person] = town.people
  if (!person) throw new Error('nobody lives here')
  const output = join(town.folder, 'functions.log')
  const bundle = startChild({ file: 'bundle-server.ts', env: town.environment, output })
  parts.defer(() => bundle.stop())
  const load = startChild({ file: 'load.ts' })
  parts.defer(() => load.stop())
  const { port } = await bundle.next<{ port: number }>()

  const page = (query: string) => async () => {
    await town.forgetRates()
    const asks = [{ ...person, path: `/api/v1/projects${query}` }]
    const work: Work = { port, connections: 1, milliseconds: 10_000, most: pagesARound, asks }
    const { latencies, failures } = await load.ask<Outcome>(work)
    if (failures > 0) throw new Error(`${failures} pages were refused`)
    return median(latencies)
  }
  const pages = { first: page(''), far: page(`?after=${await cursorAt(town.ownerUrl)}`) }
  await interleaved(rounds, pages)
  const { first, far } = await interleaved(rounds, pages)
  const figure = 'page at row 9,980 of 10,000 projects, against page 1'
  return [against({ figure, measured: median(far), floor: median(first), unit: 'ms' }, { atMost: 1.5 })]
}

/** What the list would have answered as `next` at that row. */
async function cursorAt(ownerUrl: string): Promise<string> {
  const sql = postgres(ownerUrl, { max: 1 })
  try {
    const [row] = await sql<{ micros: string; id: string }[]>`
      select (extract(epoch from updated_at) * 1000000)::bigint as micros, id from everjust.projects
      order by updated_at desc, id desc offset ${deep - 1} limit 1`
    if (!row) throw new Error(`there are fewer than ${deep} projects`)
    return formatKeyset({ sort: 'changed', key: row.micros, id: row.id })
  } finally {
    await sql.end()
  }
}
