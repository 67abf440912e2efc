import { join } from 'node:path'
import postgres from 'postgres'
import type { OrganizationId } from '../../lib/contract/ids.ts'
import { startChild } from './parts/child.ts'
import type { Outcome, Work } from './parts/load.ts'
import { interleaved } from './parts/rounds.ts'
import { median } from './parts/statistics.ts'
import { openTown, type Town } from './parts/town.ts'
import { against, within, type Row } from './row.ts'

const rounds = 6
const entries = 1_000_000
const days = 90

/** The page that says what was used, of an organization whose ledger is long. */
export async function measure(): Promise<Row[]> {
  await using parts = new AsyncDisposableStack()
  const town = await openTown({ people: 2, projects: 100 })
  parts.defer(() => town.close())
  const sql = postgres(town.ownerUrl, { max: 1, onnotice: () => {} })
  parts.defer(() => sql.end({ timeout: 1 }))
  return await page(town, sql, parts)
}

async function page(town: Town, sql: postgres.Sql, parts: AsyncDisposableStack): Promise<Row[]> {
  const owners = await sql<{ id: OrganizationId }[]>`
    select distinct organization_id as id from everjust.projects order by 1 limit 2`
  const [large, small] = owners.map(({ id }) => id)
  if (!large || !small) throw new Error('there are fewer than two organizations')
  await book(sql, large, entries)
  await book(sql, small, 100)
  const output = join(town.folder, 'usage.log')
  const env = { ...town.environment, BENCH_FUNCTION: 'v1/organizations' }
  const bundle = startChild({ file: 'bundle-server.ts', env, output })
  parts.defer(() => bundle.stop())
  const load = startChild({ file: 'load.ts' })
  parts.defer(() => load.stop())
  const { port } = await bundle.next<{ port: number }>()
  const read = (id: OrganizationId) => async () => {
    await town.forgetRates()
    const person = await ownerOf(sql, town, id)
    const asks = [{ ...person, path: `/api/v1/organizations/${id}/usage?days=${days}` }]
    const { latencies, failures } = await load.ask<Outcome>({
      ...{ port, connections: 1, milliseconds: 20_000, most: 20, asks },
    } satisfies Work)
    if (failures > 0) throw new Error(`${failures} pages were refused`)
    return median(latencies)
  }
  const candidates = { large: read(large), small: read(small) }
  await interleaved(1, candidates)
  const found = await interleaved(rounds, candidates)
  const measured = median(found.large)
  const figure = 'usage of 1,000,000 entries, 90 days'
  return [
    within({ figure, measured, unit: 'ms' }, { atMost: 150 }),
    against({ figure: `${figure}, against 100`, measured, floor: median(found.small), unit: 'ms' }, { atMost: 30 }),
  ]
}

/** Entries as they come to be, spread over days, people's projects and what they used. */
async function book(sql: postgres.Sql, organizationId: OrganizationId, many: number): Promise<void> {
  await sql`alter table everjust.ledger disable trigger user`
  await sql`
    insert into everjust.ledger (id, organization_id, project_id, user_id, metric, period, state, reserved, settled, created_at, ended_at)
    select 'led_' || replace(gen_random_uuid()::text, '-', ''), ${organizationId}, p.ids[1 + n % 50], p.by,
      (array['generations', 'micros', 'sandbox_seconds'])[1 + n % 3], date_trunc('month', at)::date, 'settled', 0, 1 + n % 100,
      at, at
    from generate_series(1, ${many}) n
    cross join (select (array_agg(id))[1:50] as ids, min(created_by) as by from everjust.projects
      where organization_id = ${organizationId}) p
    cross join lateral (select now() - (n % ${days}) * interval '1 day' as at) t`
  await sql`alter table everjust.ledger enable trigger user`
  await sql`select everjust.rebuild_usage(${organizationId})`
  await sql`vacuum analyze everjust.ledger, everjust.usage_days, everjust.quotas`
}

async function ownerOf(sql: postgres.Sql, { people }: Town, id: OrganizationId) {
  const [row] = await sql<
    { project: string }[]
  >`select id as project from everjust.projects where organization_id = ${id} limit 1`
  const person = people.find(({ projects }) => projects.includes(row?.project ?? ''))
  if (!person) throw new Error('nobody owns this organization')
  return person
}
