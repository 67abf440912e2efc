import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Generation } from '../../lib/contract/generation.ts'
import type { GenerationId, ProjectId } from '../../lib/contract/ids.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { FileEntry } from '../../lib/contract/version.ts'
import { sandboxName } from '../../lib/domain/run.ts'
import { objectKeys } from '../../lib/ports/object-store.ts'
import { until } from '../world/until.ts'
import { openBackstage } from './backstage.ts'
import { openStack, type Caller } from './open-stack.ts'

const prompt = 'a habit tracker with streaks'

test('nothing is lost or counted twice, whatever breaks', { timeout: 280_000 }, async (t) => {
  const stack = await openStack(t)
  const { sql, objects, inside, leaseRunsOut } = openBackstage(t, stack)
  const [grace, lin] = await Promise.all([stack.as('grace@example.com'), stack.as('lin@example.com')])
  const minute = () => stack.functions.fireSchedule('cron-minute')

  const inTheMiddle = (project: ProjectId) =>
    until(
      () => sql`select 1 from everjust.events where project_id = ${project} and type = 'file:changed'`,
      ({ length }) => length > 0,
      40_000,
    )

  const goOn = async (caller: Caller, project: ProjectId, id: GenerationId): Promise<Generation> => {
    await leaseRunsOut(id)
    await minute()
    return caller.ended(project, id, 60)
  }

  /** One version, one start, one end, no event twice, and exactly what the model calls cost is booked. */
  const assertExact = async (caller: Caller, { projectId, id, cost }: Generation): Promise<FileEntry[]> => {
    const events = await caller.events(projectId)
    const runs = events.flatMap(({ run }) => (run ? [`${run.id} ${run.n}`] : []))
    assert.equal(new Set(runs).size, runs.length)
    const count = (type: string) => events.filter((event) => event.type === type).length
    assert.equal(count('project:generation:start'), 1)
    assert.equal(count('project:generation:complete'), 1)
    assert.equal(count('version:created'), 1)
    const [booked] = await sql`
      select (select sum(spent_micros)::int from everjust.model_calls where generation_id = ${id}) as spent,
        (select settled::int from everjust.ledger where generation_id = ${id} and metric = 'micros') as settled,
        (select settled::int from everjust.ledger where generation_id = ${id} and metric = 'generations') as runs`
    assert.deepEqual({ ...booked }, { spent: cost.micros, settled: cost.micros, runs: 1 })
    const versions = await caller.get<{ items: { id: `ver_${string}` }[] }>(projectPaths.versions(projectId))
    assert.equal(versions.body.items.length, 1)
    const [version] = versions.body.items
    assert.ok(version)
    const { body } = await caller.get<{ items: FileEntry[] }>(projectPaths.files(projectId, version.id))
    return body.items
  }

  let whole: FileEntry[] = []

  const resumedIn = async (caller: Caller, project: ProjectId, attempt: number) =>
    (await caller.events(project)).filter(
      ({ data }) => JSON.stringify(data['progress']) === `{"kind":"resumed","attempt":${attempt}}`,
    )

  await t.test('a runner killed with -9 is back at once, and goes on from its last saved step', async () => {
    const { project, generation } = await grace.build(prompt)
    await inTheMiddle(project.id)
    await inside(project.id, 'pkill -9 -f "bin/[r]unner.js"')
    const ended = await grace.ended(project.id, generation.id, 60)
    // In its first attempt: nobody waited for a lease to run out.
    assert.deepEqual([ended.state, ended.attempt, ended.failure], ['succeeded', 1, null])
    const resumed = await resumedIn(grace, project.id, 1)
    assert.equal(resumed.length, 1)
    whole = await assertExact(grace, ended)
    assert.ok(whole.some(({ path }) => path === 'src/components/HabitRow.tsx'))
  })

  await t.test('a runner killed together with all that looks after it goes on when its lease runs out', async () => {
    const { project, generation } = await lin.build(prompt)
    await inTheMiddle(project.id)
    assert.equal(await inside(project.id, 'pkill -9 -f "bin/([r]unner|[l]ive).js"; echo $?'), '0')
    const ended = await goOn(lin, project.id, generation.id)
    assert.deepEqual([ended.state, ended.attempt, ended.failure], ['succeeded', 2, null])
    assert.equal((await resumedIn(lin, project.id, 2)).length, 1)
    assert.deepEqual(await assertExact(lin, ended), whole)
  })

  await t.test('a sandbox that vanishes in the middle is built anew from what is stored', async () => {
    const { project, generation } = await lin.build(prompt)
    await inTheMiddle(project.id)
    await stack.standIns.daytona?.vanish(sandboxName(project.id))
    const ended = await goOn(lin, project.id, generation.id)
    assert.deepEqual([ended.state, ended.attempt, ended.failure], ['succeeded', 2, null])
    assert.deepEqual(await assertExact(lin, ended), whole)
  })

  await t.test('of two requests at once one runs, and cancelled in the middle it costs what it used', async () => {
    const { body: project } = await grace.post<{ id: ProjectId }>(paths.projects(), { template: 'static' })
    const both = await Promise.all(
      ['a page about tea', 'a page about rain'].map((wish) =>
        grace.post<Generation>(projectPaths.generate(project.id), { prompt: wish }),
      ),
    )
    assert.deepEqual(both.map(({ status }) => status).sort(), [202, 409])
    const id = both.find(({ status }) => status === 202)?.body.id
    assert.ok(id)
    await inTheMiddle(project.id)
    const cancelled = await grace.post<Generation>(projectPaths.cancel(project.id, id))
    assert.deepEqual([cancelled.status, cancelled.body.state], [200, 'cancelled'])
    // A reply that was under way is booked when it ends, in the generation and the ledger at once.
    const [booked] = await sql`
      select sum(l.reserved) filter (where l.state = 'reserved')::int as held,
        sum(l.settled) filter (where l.metric = 'micros')::int - min(g.spent_micros)::int as difference,
        min(g.spent_micros) >= ${cancelled.body.cost.micros} as grown
      from everjust.ledger l join everjust.generations g on g.id = l.generation_id where g.id = ${id}`
    assert.deepEqual({ ...booked }, { held: null, difference: 0, grown: true })
    await until(
      () => inside(project.id, 'pgrep -f "bin/[r]unner.js" | wc -l'),
      (left) => left === '0',
    )
    const next = await grace.post<Generation>(projectPaths.generate(project.id), { prompt: 'a page about tea' })
    assert.equal((await grace.ended(project.id, next.body.id)).state, 'succeeded')
  })

  await t.test(
    'a deleted project leaves no sandbox, object or row, though the provider was away at first',
    async () => {
      const { project, generation } = await grace.build('a page about snow', 'static')
      await grace.ended(project.id, generation.id)
      assert.ok((await objects.list(objectKeys.project(project.id))).length > 0)
      stack.standIns.daytona?.faults.set({ badGateway: 1_000 })
      assert.equal((await grace.delete(paths.project(project.id))).status, 204)
      assert.equal((await grace.get(paths.project(project.id))).status, 404)
      assert.equal((await grace.delete(paths.deletedProject(project.id))).status, 204)
      const mine = sql`kind = 'delete-project' and project_id = ${project.id}`
      const job = () => sql`select state, tries from everjust.jobs where ${mine}`
      await until(job, ([row]) => row?.['state'] === 'queued' && row['tries'] > 0, 30_000)
      stack.standIns.daytona?.faults.set({ badGateway: 0 })
      await sql`update everjust.jobs set run_at = now() where ${mine} and state = 'queued'`
      await minute()
      await until(
        () => sql`select 1 from everjust.projects where id = ${project.id}`,
        ({ length }) => length === 0,
        30_000,
      )
      assert.deepEqual(await objects.list(objectKeys.project(project.id)), [])
      await assert.rejects(inside(project.id, 'true'), { statusCode: 404 })
      const [kept] = await sql`select count(*)::int as rows from everjust.events where project_id = ${project.id}`
      assert.equal(kept?.['rows'], 0)
    },
  )

  await t.test('requests whose database connections are cut are answered, at the latest when asked again', async () => {
    const read = () => grace.get(paths.projects())
    const before = await read()
    const asking = Array.from({ length: 20 }, read)
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where backend_type = 'client backend' and pid <> pg_backend_pid()`
    for (const { status } of await Promise.all(asking)) assert.ok(status === 200 || status === 503, String(status))
    // A picture's address is signed anew for each reader.
    const unsigned = ({ body }: typeof before) => JSON.stringify(body).replaceAll(/[?][^"]*/g, '')
    assert.equal(unsigned(await read()), unsigned(before))
  })

  await t.test('without Redis people go on working, and what costs money is still limited', async () => {
    await stack.standIns.redis?.stop()
    const { project, generation } = await lin.build('a page about wind', 'static')
    assert.equal((await lin.ended(project.id, generation.id)).state, 'succeeded')
    const [counted] = await sql`select count(*)::int as rows from everjust.rate_windows`
    assert.ok(counted?.['rows'] > 0)
  })
})
