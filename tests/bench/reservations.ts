import postgres from 'postgres'
import { newId, type OrganizationId, type ProjectId, type UserId } from '../../lib/contract/ids.ts'
import { periodOf, reservationFor } from '../../lib/domain/quota.ts'
import { tierTable } from '../../lib/domain/tiers.ts'
import { ledgerStore } from '../../lib/store/ledger.ts'
import { openDatabase, type Database, type Transaction } from '../../lib/store/sql.ts'
import { interleaved } from './parts/rounds.ts'
import { median } from './parts/statistics.ts'
import { openTown, type Town } from './parts/town.ts'
import { against, within, type Row } from './row.ts'

const callers = 10
const rounds = 6
const reservedARound = 200

/** What it costs to set aside a run and its money, decided against every limit and cap. */
export async function measure(): Promise<Row[]> {
  await using parts = new AsyncDisposableStack()
  const town = await openTown({ people: callers, projects: (rounds + 1) * reservedARound })
  parts.defer(() => town.close())
  const sql = postgres(town.ownerUrl, { max: 1, onnotice: () => {} })
  parts.defer(() => sql.end({ timeout: 1 }))
  return await reservations(town, sql)
}

interface Asker {
  database: Database
  userId: UserId
  organizationId: OrganizationId
  projects: ProjectId[]
}

async function reservations(town: Town, sql: postgres.Sql): Promise<Row[]> {
  const url = town.environment['DATABASE_URL'] ?? ''
  const people = await sql<Omit<Asker, 'database'>[]>`
    select created_by as "userId", organization_id as "organizationId", jsonb_agg(id) as projects
    from everjust.projects group by 1, 2`
  const askers = people.map((person) => ({ ...person, database: openDatabase(url) }))
  const period = periodOf(new Date())
  const all = (ask: (asker: Asker, transaction: Transaction) => Promise<unknown>) => async () => {
    const started = performance.now()
    await Promise.all(askers.map((asker) => inTurn(asker, ask)))
    return (callers * reservedARound * 1_000) / (performance.now() - started)
  }
  const candidates = {
    whole: all(reserve),
    floor: all(({ organizationId }, transaction) => count(transaction, organizationId, period)),
  }
  await interleaved(1, candidates)
  const { whole, floor } = await interleaved(rounds, candidates)
  await Promise.all(askers.map(({ database }) => database.close()))
  const measured = median(whole)
  const figure = 'runs reserved, ten callers'
  return [
    within({ figure, measured, unit: 'a second' }, { atLeast: 1_000 }),
    against(
      { figure: `${figure}, against a bare sum`, measured, floor: median(floor), unit: 'a second' },
      { atLeast: 0.3 },
    ),
  ]
}

async function inTurn(asker: Asker, ask: (asker: Asker, transaction: Transaction) => Promise<unknown>): Promise<void> {
  const principal = { kind: 'user', userId: asker.userId, scopes: 'all' } as const
  for (let n = 0; n < reservedARound; n++) {
    await asker.database.as(principal, (transaction) => ask(asker, transaction))
  }
}

async function reserve({ userId, organizationId, projects }: Asker, transaction: Transaction): Promise<void> {
  const projectId = projects.pop()
  if (!projectId) throw new Error('no project is left to ask in')
  const wish = {
    id: newId('generation'),
    projectId,
    organizationId,
    requestedBy: userId,
    prompt: 'x',
    model: 'scripted-1',
  }
  const terms = reservationFor(tierTable.enterprise.limits, new Date(), { capMicros: 1_000, leastMicros: 1_000 })
  const made = await ledgerStore(transaction).begin(wish, terms)
  if ('why' in made) throw new Error(`nothing was reserved: ${made.why}`)
}

/** The least that is honest. */
const count = (transaction: Transaction, organizationId: OrganizationId, period: string) => transaction`
  with counted as (
    insert into everjust.quotas as q (organization_id, metric, period, reserved)
    values (${organizationId}, 'generations', ${period}::date, 1)
    on conflict (organization_id, metric, period) do update set reserved = q.reserved + 1
      where q.used + q.reserved < 1000000
    returning organization_id)
  insert into everjust.ledger (id, organization_id, metric, period, state, reserved)
  select ${newId('ledgerEntry')}, organization_id, 'generations', ${period}::date, 'reserved', 1 from counted`
