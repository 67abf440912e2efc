import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openDatabase } from '../../lib/store/sql.ts'
import { hasPooler, openPooler } from '../world/pooler.ts'
import { reachAtRandom } from './isolation/random-reach.ts'
import { addresses, makeTenant, person, type Tenant } from './isolation/tenants.ts'

const skip = hasPooler() ? false : 'PgBouncer is not here, and only root on Debian or Ubuntu installs it'

/** Some containers, each with a connection of its own, to a database behind a pooler with fewer connections than they have. */
async function openContainers(search: string) {
  const pooler = await openPooler(addresses.url)
  const containers = Array.from({ length: 10 }, () => openDatabase(`${pooler.url}${search}`))
  after(async () => {
    await Promise.all(containers.map((container) => container.close()))
    await pooler.close()
  })
  const tenants: Tenant[] = []
  for (let n = 0; n < 20; n++) tenants.push(await makeTenant())
  return { containers, tenants }
}

test(
  '10,000 random reads and writes across tenants through a pooler in transaction mode reach only their own',
  { skip },
  async () => {
    const { containers, tenants } = await openContainers('?prepare=false')
    const { own, none, missed, foreign } = await reachAtRandom(containers, tenants, 10_000)
    assert.deepEqual([foreign, own + none + missed], [0, 10_000])
    assert.ok(own > 100, String(own))

    // Whoever comes next on a connection finds nothing of who was there.
    const left = await Promise.all(
      containers.map((container) =>
        container.asNobody(
          (sql) => sql`
        select current_setting('everjust.user', true) as who, current_user = session_user as itself, ${1}::int as n`,
        ),
      ),
    )
    for (const [row] of left) assert.deepEqual({ ...row }, { who: '', itself: true, n: 1 })

    const [ada] = tenants
    assert.ok(ada)
    const [one] = containers
    await assert.rejects(one?.as(person(ada), (t) => t`select 1 / ${0}::int`) ?? Promise.resolve(), { code: '22012' })
    const seen = await Promise.all(
      containers.map((container) =>
        container.as(person(ada), (t) => t`select id from everjust.projects where id = ${ada.project}`),
      ),
    )
    assert.ok(seen.every((rows) => rows.length === 1))
  },
)
