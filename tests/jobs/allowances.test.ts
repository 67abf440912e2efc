import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { tierTable } from '../../lib/domain/tiers.ts'
import { schedule } from '../../lib/entry/schedule.ts'
import { duties } from '../../packages/cron/hour/index.ts'
import { bookSandboxTime, tellOfAllowances } from '../../packages/cron/hour/allowances.ts'
import { sweepSandboxes } from '../../packages/cron/hour/sweep-sandboxes.ts'
import { takeRoomBack } from '../world/room.ts'
import type { SignedIn } from '../world.ts'
import { differences } from './books.ts'
import { openStage } from './stage.ts'

const stage = await openStage({ after })
const { world } = stage
const { sql } = world
const hour = async () => {
  const { body } = await schedule({ bookSandboxTime, tellOfAllowances }, () => stage.jobs)()
  assert.deepEqual(
    world.logs.filter(({ level }) => level === 'error'),
    [],
  )
  return body
}

const use = ({ organizationId }: SignedIn, runs: number) => sql`
  insert into everjust.quotas (organization_id, metric, period, used)
  values (${organizationId}, 'generations', date_trunc('month', now() at time zone 'UTC'), ${runs})
  on conflict (organization_id, metric, period) do update set used = excluded.used`
const up = (projectId: string, since: string) => sql`
  insert into everjust.sandboxes (project_id, state, metered_at) values (${projectId}, 'started', now())
  on conflict (project_id) do update set state = 'started', used_at = now() - ${since}::interval`
const stateOf = async (projectId: string) =>
  (await sql`select state from everjust.sandboxes where project_id = ${projectId}`)[0]?.['state'] as string

test('the hour’s duties are among those that run', () => {
  for (const duty of [bookSandboxTime, tellOfAllowances]) assert.ok(Object.values(duties).includes(duty))
})

test('owners are told once that most of an allowance is used, and once that all of it is', async () => {
  const ada = await stage.person()
  const most = tierTable.free.limits.generationsPerMonth
  const subjects = async () => {
    await hour()
    await stage.drain()
    return stage.mails.splice(0).map(({ subject }) => subject)
  }
  await use(ada, most * 0.8 - 1)
  assert.deepEqual(await subjects(), [])
  await use(ada, most * 0.8)
  const [first, ...more] = await subjects()
  assert.match(first ?? '', /has used most of this month’s runs$/)
  assert.deepEqual([more, await subjects()], [[], []])
  await use(ada, most)
  assert.match((await subjects()).join(), /^[^,]* has used all of this month’s runs$/)
  assert.deepEqual(await subjects(), [])
  await sql`delete from everjust.quotas where organization_id = ${ada.organizationId}`
})

test('of the sandboxes that are more than a smaller tier allows those unused for longest sleep', async () => {
  const bob = await stage.person()
  const [old, new_] = [await stage.project(bob), await stage.project(bob)]
  await up(old, '5 minutes')
  await up(new_, '1 minute')
  await takeRoomBack(sql, bob.organizationId)
  await stage.minute()
  assert.deepEqual([await stateOf(old), await stateOf(new_)], ['stopping', 'started'])
  await stage.drain()
  assert.equal(await stateOf(old), 'stopped')
})

test('once the hours of the month are used up sandboxes sleep', async () => {
  const cleo = await stage.person()
  const project = await stage.project(cleo)
  await up(project, '1 minute')
  await stage.minute()
  assert.equal(await stateOf(project), 'started')
  const { sandboxHoursPerMonth } = tierTable.free.limits
  await sql`
    insert into everjust.quotas (organization_id, metric, period, used)
    values (${cleo.organizationId}, 'sandbox_seconds', date_trunc('month', now() at time zone 'UTC'), ${sandboxHoursPerMonth * 3_600})`
  await stage.minute()
  assert.equal(await stateOf(project), 'stopping')
  await stage.drain()
  await sql`
    update everjust.quotas set used = used - ${sandboxHoursPerMonth * 3_600}
    where organization_id = ${cleo.organizationId} and metric = 'sandbox_seconds'`
})

test('what sandboxes use while they are up is booked every hour, and the sums agree with the ledger', async () => {
  const dan = await stage.person()
  const project = await stage.project(dan)
  await up(project, '1 minute')
  await sql`alter table everjust.sandboxes disable trigger metered`
  await sql`update everjust.sandboxes set metered_at = now() - interval '40 minutes' where project_id = ${project}`
  await sql`alter table everjust.sandboxes enable trigger metered`
  await hour()
  const [row] = await sql`select sum(settled)::int as seconds from everjust.ledger where project_id = ${project}`
  assert.ok(Math.abs(Number(row?.['seconds']) - 2_400) <= 2, 'and what lies in two months is in two rows')
  assert.deepEqual(await differences(world), [])
  const before = await sql`table everjust.usage_days order by 1, 2, 3, 4, 5`
  assert.ok(before.length > 0)
  await sql`update everjust.usage_days set sandbox_seconds = 1`
  await sql`update everjust.quotas set used = used + 1`
  assert.notDeepEqual(await differences(world), [])
  const organizations = await sql<{ id: string }[]>`select id from everjust.organizations`
  for (const { id } of organizations) await sql`select everjust.rebuild_usage(${id})`
  assert.deepEqual(await differences(world), [])
  assert.deepEqual([...(await sql`table everjust.usage_days order by 1, 2, 3, 4, 5`)], [...before])
})

test('what the provider did by itself ends the count, and what it kept awake is put to sleep', async () => {
  const eve = await stage.person()
  const [asleep, awake, fine] = [await stage.project(eve), await stage.project(eve), await stage.project(eve)]
  for (const project of [asleep, awake, fine]) await bringUp(eve, project)
  await stage.provider.stop(`p-${asleep}`)
  await sql`update everjust.sandboxes set state = 'stopped' where project_id = ${awake}`
  await sweep()
  assert.deepEqual(
    [await stateOf(asleep), await stateOf(awake)],
    ['started', 'stopped'],
    'not at once: it may be on its way',
  )
  await sql`update everjust.sandboxes set updated_at = now() - interval '11 minutes' where project_id in ${sql([asleep, awake, fine])}`
  await sweep()
  assert.deepEqual(
    [await stateOf(asleep), await stateOf(awake), await stateOf(fine)],
    ['stopped', 'stopped', 'started'],
  )
  assert.equal((await stage.provider.find(`p-${awake}`))?.state, 'stopped')
  const [row] = await sql`select metered_at from everjust.sandboxes where project_id = ${asleep}`
  assert.equal(row?.['metered_at'], null)
})

/** With a sandbox at the provider, as a person wakes it. */
async function bringUp(who: SignedIn, projectId: string): Promise<void> {
  assert.equal((await who.post(`/projects/${projectId}/sandbox`)).status, 202)
  await stage.drain()
  assert.equal(await stateOf(projectId), 'started')
}

async function sweep(): Promise<void> {
  await schedule({ sweepSandboxes }, () => stage.jobs)()
  await stage.drain()
}

test('an operator’s grant is what is near, too', async () => {
  const fay = await stage.person()
  await sql`
    update everjust.organizations set granted_tier = 'pro', limits = null, limits_until = now() + interval '1 day',
      limits_reason = 'tests' where id = ${fay.organizationId}`
  await use(fay, tierTable.free.limits.generationsPerMonth)
  await hour()
  await stage.drain()
  assert.deepEqual(stage.mails.splice(0), [], 'as little as this is nothing for its tier')
  await use(fay, tierTable.pro.limits.generationsPerMonth)
  await hour()
  await stage.drain()
  assert.equal(stage.mails.splice(0).length, 1)
  await sql`delete from everjust.quotas where organization_id = ${fay.organizationId}`
})
