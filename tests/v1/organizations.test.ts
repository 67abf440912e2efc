import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { EngineSettings, OfferedModel } from '../../lib/contract/engine.ts'
import { makeTeam, openWorld } from '../world.ts'

const world = await openWorld({ after })
const owner = await world.signIn('owner@example.com')
const viewer = await world.signIn('viewer@example.com')
const stranger = await world.signIn('stranger@example.com')
const team = await makeTeam(world, [
  { id: owner.id, role: 'owner' },
  { id: viewer.id, role: 'viewer' },
])
const path = `/organizations/${team}`
const key = 'sk-ant-very-secret-9f3a'

async function settings(): Promise<EngineSettings> {
  const { status, body } = await owner.get(`${path}/engine`)
  assert.equal(status, 200, JSON.stringify(body))
  return body as EngineSettings
}

test('an organization that set nothing allows all of its tier and has no rules', async () => {
  assert.deepEqual(await settings(), {
    models: null,
    defaultModel: null,
    rules: '',
    caps: { runMicros: null, monthMicros: null },
    ownModel: null,
  })
})

test('what a change names is set, and the rest stays', async () => {
  const rules = 'Use the metric system.\u0000\nNo red.'
  assert.equal((await owner.put(`${path}/engine`, { rules })).body.rules, 'Use the metric system.\nNo red.')
  await owner.put(`${path}/engine`, { models: ['scripted-mini'] })
  const { body } = await owner.put(`${path}/engine`, { defaultModel: 'scripted-mini' })
  assert.deepEqual(
    [body.rules, body.models, body.defaultModel],
    ['Use the metric system.\nNo red.', ['scripted-mini'], 'scripted-mini'],
  )
  assert.deepEqual((await viewer.get(`${path}/engine`)).body, body)
  const opened = await owner.put(`${path}/engine`, { models: null, defaultModel: null })
  assert.deepEqual([opened.body.models, opened.body.defaultModel], [null, null])
})

test('caps are set and lifted along with the rest', async () => {
  const capped = await owner.put(`${path}/engine`, { caps: { runMicros: 300_000, monthMicros: 5_000_000 } })
  assert.deepEqual(capped.body.caps, { runMicros: 300_000, monthMicros: 5_000_000 })
  const lifted = await owner.put(`${path}/engine`, { caps: { runMicros: null, monthMicros: null } })
  assert.deepEqual(lifted.body.caps, { runMicros: null, monthMicros: null })
})

test('a model that does not exist is not allowed, and what is not allowed is no default', async () => {
  const unknown = await owner.put(`${path}/engine`, { models: ['gpt-x'] })
  assert.deepEqual([unknown.status, unknown.body.detail], [400, 'There is no model gpt-x.'])
  const outside = await owner.put(`${path}/engine`, { models: ['scripted-mini'], defaultModel: 'scripted-1' })
  assert.equal(outside.status, 400)
  assert.match(outside.body.detail, /cannot be the default/)
  assert.equal((await settings()).models, null)
  assert.equal((await owner.put(`${path}/engine`, { rules: 'x'.repeat(8_001) })).status, 400)
  assert.equal((await owner.put(`${path}/engine`, { colour: 'red' })).status, 400)
})

test('the models of an organization are listed with prices, the default among them', async () => {
  await owner.put(`${path}/engine`, { defaultModel: 'scripted-mini' })
  const { status, body } = await viewer.get(`/models?organizationId=${team}`)
  assert.equal(status, 200)
  const items = body.items as OfferedModel[]
  assert.deepEqual(
    items.map(({ id, isDefault, simulated }) => [id, isDefault, simulated]),
    [
      ['scripted-1', false, true],
      ['scripted-mini', true, true],
    ],
  )
  assert.deepEqual(items[0]?.prices, { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5, from: '2026-01-01' })
  assert.equal(items[0]?.window, 200_000)
  await owner.put(`${path}/engine`, { defaultModel: null })
  const own = await stranger.get('/models')
  assert.equal((own.body.items as OfferedModel[]).find(({ isDefault }) => isDefault)?.id, 'scripted-1')
})

test('a key is known by its last characters from then on, and opens the real models', async () => {
  const { status, body } = await owner.put(
    `${path}/own-model`,
    { key: ` ${key} ` },
    { headers: { 'idempotency-key': 'own' } },
  )
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual({ ...body.ownModel, addedAt: '' }, { hint: '9f3a', url: null, addedAt: '', problem: null })
  assert.ok(Date.parse(body.ownModel.addedAt) > Date.now() - 60_000)
  const { body: models } = await viewer.get(`/models?organizationId=${team}`)
  assert.equal((models.items as OfferedModel[])[0]?.id, 'claude-opus-5-5')
})

test('the key is in no answer, no log line and no row as it is', async () => {
  const told = await Promise.all([owner.get(`${path}/engine`), viewer.get(`/models?organizationId=${team}`)])
  assert.equal(JSON.stringify(told).includes('very-secret'), false)
  assert.equal(JSON.stringify(world.logs).includes('very-secret'), false)
  const [row] = await world.sql`select * from everjust.own_models where organization_id = ${team}`
  assert.match(row?.['sealed'], /^v1\./)
  const everything = await world.sql`
    select to_jsonb(a) as row from everjust.audit_log a union all select to_jsonb(k) from everjust.idempotency_keys k`
  assert.equal(JSON.stringify(everything).includes('very-secret'), false)
  const keys = await world.sql`select key from everjust.idempotency_keys where key = 'own'`
  assert.equal(keys.length, 0)
  assert.equal(world.context.seals.open(row?.['sealed'], `${team} own-model`).reveal(), key)
})

test('a request never reads the sealed key back, whoever asks', async () => {
  const principal = { kind: 'user', userId: owner.id, scopes: 'all' } as const
  const reading = world.context.database.as(principal, (t) => t`select sealed from everjust.own_models`)
  await assert.rejects(reading, { code: '42501' })
})

test('an endpoint is https and public; this machine counts only where that was set', async () => {
  for (const url of ['http://api.example.com', 'https://10.0.0.1', 'https://169.254.169.254', 'nonsense']) {
    const { status, body } = await owner.put(`${path}/own-model`, { key, url })
    assert.deepEqual([status, body.code], [400, 'invalid_request'], url)
  }
  const strict = await world.instance({ OWN_ENDPOINTS: 'public' })
  const refused = await strict.withToken(owner.token).put(`${path}/own-model`, { key, url: 'http://127.0.0.1:11434' })
  assert.deepEqual([refused.status, refused.body.detail], [400, 'The address must begin with https.'])
  const local = await owner.put(`${path}/own-model`, { key, url: 'http://127.0.0.1:11434' })
  assert.deepEqual([local.status, local.body.ownModel.url], [200, 'http://127.0.0.1:11434'])
})

test('an endpoint of their own offers what they name', async () => {
  await owner.put(`${path}/engine`, { models: ['qwen-99'] })
  const { body } = await viewer.get(`/models?organizationId=${team}`)
  assert.deepEqual(body.items, [
    { id: 'qwen-99', name: 'qwen-99', window: 100_000, prices: null, simulated: false, isDefault: true },
  ])
})

test('a run takes the organization’s default, and what it does not allow is refused with the list', async () => {
  await owner.delete(`${path}/own-model`)
  await owner.put(`${path}/engine`, { models: ['scripted-mini'], defaultModel: 'scripted-mini' })
  const { body: project } = await owner.post('/projects', { name: 'Place', organizationId: team })
  const generate = (wish: object) => owner.post(`/projects/${project.id}/generate`, { prompt: 'x', ...wish })
  const refused = await generate({ model: 'scripted-1' })
  assert.deepEqual(
    [refused.status, refused.body.detail],
    [400, 'The model scripted-1 is not offered here. Choose one of: scripted-mini.'],
  )
  const { status, body } = await generate({})
  assert.deepEqual([status, body.model, body.scripted, body.ownKey], [202, 'scripted-mini', true, false])
  await owner.post(`/projects/${project.id}/generations/${body.id}/cancel`)
  await owner.put(`${path}/engine`, { models: null, defaultModel: null })
  const wide = await generate({ mayFallBack: true })
  assert.equal(wide.body.model, 'scripted-1')
  const [row] = await world.sql`select fallback_model from everjust.generations where id = ${wide.body.id}`
  assert.equal(row?.['fallback_model'], 'scripted-mini')
  await owner.post(`/projects/${project.id}/generations/${wide.body.id}/cancel`)
})

test('of runs and a change of the list at once, none begins by the old list once the change was answered', async () => {
  const { body: project } = await owner.post('/projects', { name: 'Race', organizationId: team })
  const ask = () => owner.post(`/projects/${project.id}/generate`, { prompt: 'x', model: 'scripted-1' })
  const [, before] = await Promise.all([owner.put(`${path}/engine`, { models: ['scripted-mini'] }), ask()])
  assert.ok([202, 400].includes(before.status))
  for (let tries = 0; tries < 5; tries += 1) assert.equal((await ask()).status, 400)
  if (before.status === 202) await owner.post(`/projects/${project.id}/generations/${before.body.id}/cancel`)
  await owner.put(`${path}/engine`, { models: null })
})

test('a key with a space or too short is refused without being told back', async () => {
  for (const wrong of ['sk-two words', 'short', 'sk-lönge-key']) {
    const { status, body } = await owner.put(`${path}/own-model`, { key: wrong })
    assert.equal(status, 400)
    assert.equal(JSON.stringify(body).includes(wrong), false)
  }
})

test('a forgotten key is gone', async () => {
  await owner.put(`${path}/engine`, { models: null })
  assert.equal((await owner.delete(`${path}/own-model`)).body.ownModel, null)
  assert.equal((await owner.delete(`${path}/own-model`)).status, 200)
  assert.equal((await settings()).ownModel, null)
  const rows = await world.sql`select organization_id from everjust.own_models`
  assert.equal(rows.length, 0)
})

test('who changed what is in the audit log', async () => {
  const rows = await world.sql<{ action: string; actor: string }[]>`
    select distinct action, actor from everjust.audit_log where organization_id = ${team} and action ~ '^(engine|own_model)' order by action`
  assert.deepEqual(
    rows.map(({ action, actor }) => [action, actor]),
    [
      ['engine.change', owner.id],
      ['own_model.remove', owner.id],
      ['own_model.set', owner.id],
    ],
  )
})

test('nothing is left behind but the jobs of the runs that were stopped', async () => {
  await world.sql`delete from everjust.jobs`
  await world.settled()
})
