import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { tierTable } from '../../lib/domain/tiers.ts'
import { makeTeam, openWorld } from '../world.ts'

const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')
const team = await makeTeam(world, [{ id: ada.id, role: 'owner' }])
const usage = async () => (await ada.get(`/user/usage?organizationId=${team}`)).body
const perMonth = tierTable.team.limits.generationsPerMonth

test('each seat that a team pays for adds to what it may use', async () => {
  await world.sql`update everjust.organizations set seats = 3 where id = ${team}`
  assert.equal((await usage()).generations.limit, 3 * perMonth)
})

test('what an operator set for an organization holds until its end', async () => {
  const until = (end: string | null) => world.sql`
    update everjust.organizations set limits = ${world.sql.json({ generationsPerMonth: 7, runCapMicros: 123 })},
      limits_reason = 'a trial', limits_until = now() + ${end}::interval
    where id = ${team}`
  await until('1 day')
  const { generations, caps } = await usage()
  assert.deepEqual([generations.limit, caps.runMicros], [7, 123])
  await until('-1 second')
  assert.equal((await usage()).generations.limit, 3 * perMonth)
  await until(null)
  assert.equal((await usage()).generations.limit, 7)
})
