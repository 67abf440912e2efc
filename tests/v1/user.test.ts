import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId } from '../../lib/contract/ids.ts'
import { keptHours } from '../../lib/contract/library-limits.ts'
import { keptDays } from '../../lib/domain/retention.ts'
import { tierTable } from '../../lib/domain/tiers.ts'
import { makeTeam, openWorld } from '../world.ts'
import { callerOf } from '../world/caller.ts'

const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')

test('the first call makes a person with a personal organization of the free tier', async () => {
  const { body } = await ada.get('/user')
  assert.deepEqual(
    { ...body, createdAt: null },
    {
      id: ada.id,
      email: 'ada@example.com',
      name: 'ada',
      createdAt: null,
      termsAccepted: true,
      organizations: [
        {
          id: ada.organizationId,
          name: 'ada',
          kind: 'personal',
          tier: 'free',
          role: 'owner',
          flags: ['teams', 'prompt-improvement'],
        },
      ],
    },
  )
})

test('teams stand after the personal organization', async () => {
  const team = await makeTeam(world, [{ id: ada.id, role: 'viewer' }])
  const { body } = await ada.get('/user')
  assert.deepEqual(
    body.organizations.map(({ id, role }: { id: string; role: string }) => [id, role]),
    [
      [ada.organizationId, 'owner'],
      [team, 'viewer'],
    ],
  )
})

test('usage and bill show this month, apart from what was simulated and from other months', async () => {
  await world.sql`
    insert into everjust.quotas (organization_id, metric, period, used, reserved, simulated) values
      (${ada.organizationId}, 'generations', date_trunc('month', now() at time zone 'utc')::date, 7, 1, 0),
      (${ada.organizationId}, 'micros', date_trunc('month', now() at time zone 'utc')::date, 900, 100, 600),
      (${ada.organizationId}, 'micros', '2020-01-01', 5000, 0, 0)`
  const usage = await ada.get('/user/usage')
  const { forecast, ...generations } = usage.body.generations
  assert.deepEqual(generations, { used: 7, reserved: 1, limit: 50, credits: 0, beyond: 0, more: 0 })
  const { forecastMicros, ...spend } = usage.body.spend
  assert.deepEqual(spend, { currency: 'USD', usedMicros: 900, reservedMicros: 100 })
  assert.ok(forecast >= 8 && forecast <= 8 * 31 && forecastMicros >= 900, 'no month comes to less than was used')
  assert.match(usage.body.period.from, /^\d{4}-\d{2}-01T00:00:00\.000Z$/)
  const bill = await ada.get('/user/billing')
  assert.equal(bill.body.subscriptionMicrosPerMonth, 0)
  assert.deepEqual([bill.body.usage.micros, bill.body.usage.simulatedMicros], [300, 600])
})

test('usage of an organization somebody is not in is not found', async () => {
  assert.equal((await ada.get(`/user/usage?organizationId=${newId('organization')}`)).status, 404)
  const grace = await world.signIn('grace@example.com')
  assert.equal((await grace.get(`/user/usage?organizationId=${ada.organizationId}`)).status, 404)
})

test('the settings name the issuer and the model, and nothing secret', async () => {
  const { body } = await world.anonymous.get('/settings')
  const { tiers, ...rest } = body
  const names = ['free', 'pro', 'team', 'enterprise'] as const
  assert.deepEqual(
    tiers,
    names.map((tier) => ({ tier, ...tierTable[tier] })),
  )
  assert.deepEqual(rest, {
    issuer: { domain: world.issuer.domain, audience: 'https://api.everjust.test', clientId: 'site' },
    model: { id: 'scripted-1', scripted: true },
    terms: null,
  })
})

test('where data lies and for how long is told by what removes it', async () => {
  const { body } = await world.anonymous.get('/settings/data')
  const { region, isLocal, days, deletedProjectHours, audit } = body
  assert.deepEqual(
    { region, isLocal, deletedProjectHours },
    { region: null, isLocal: false, deletedProjectHours: keptHours },
  )
  assert.equal(days.sessions, keptDays.sessions)
  assert.ok(days.notes >= Math.max(keptDays.failedJobs, keptDays.paymentEvents))
  assert.deepEqual(audit.at(-1), { tier: 'enterprise', days: tierTable.enterprise.auditDays })
})

test('terms are accepted by the version that holds, and asked for again when it changes', async () => {
  const accepting = (version: string) => {
    const { settings } = world.context
    const mains = world.serving({ settings: { ...settings, terms: { url: 'https://example.com/terms', version } } })
    return callerOf(mains, ada.token)
  }
  const first = accepting('1')
  assert.equal((await first.get('/user')).body.termsAccepted, false)
  const other = await first.post('/user/terms', { version: '2' })
  assert.deepEqual([other.status, other.body.code], [409, 'conflict'])
  assert.equal((await first.get('/user')).body.termsAccepted, false)
  assert.equal((await first.post('/user/terms', { version: '1' })).status, 204)
  assert.equal((await first.post('/user/terms', { version: '1' })).status, 204)
  assert.equal((await first.get('/user')).body.termsAccepted, true)
  assert.equal((await accepting('2').get('/user')).body.termsAccepted, false)
  const rows = await world.sql`select version, accepted_at from everjust.accepted_terms where user_id = ${ada.id}`
  assert.deepEqual(
    rows.map(({ version }) => version),
    ['1'],
  )
  const told = await world.sql`
    select detail from everjust.audit_log where actor = ${ada.id} and action = 'terms.accept' and outcome = 'done'`
  assert.deepEqual(
    told.map(({ detail }) => detail),
    [{ version: '1' }],
  )
})

test('a key accepts no terms, whatever it was made for', async () => {
  const terms = { url: 'https://example.com/terms', version: 'of keys' }
  const mains = world.serving({ settings: { ...world.context.settings, terms } })
  const { body: made } = await ada.post('/keys', { name: 'Robot', scopes: ['terms.accept', 'project.list'] })
  const robot = callerOf(mains, made.key)
  const refused = await robot.post('/user/terms', { version: 'of keys' })
  assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden'])
  assert.equal((await robot.get('/user')).body.termsAccepted, false)
})

test('where no terms are set there is nothing to accept', async () => {
  assert.equal((await ada.get('/user')).body.termsAccepted, true)
  assert.equal((await ada.post('/user/terms', { version: '1' })).status, 409)
})

test('nothing is left behind', () => world.settled())
