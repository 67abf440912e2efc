import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openAnthropic } from '../../lib/adapters/anthropic.ts'
import { Secret } from '../../lib/config.ts'
import { startModel } from '../../local/model/start.ts'
import { openStage } from './stage.ts'

const apiKey = 'vendor-key'
const model = await startModel({ port: 0, apiKey, latency: 0 })
after(() => model.stop())
const stage = await openStage({ after }, { upstream: openAnthropic({ url: model.url, key: new Secret(apiKey) }) })
const { world } = stage

test('each request to a model is in the audit log once: who, which model, at what cost, contents by reference', async () => {
  const ada = await stage.person()
  const run = await stage.start(ada)
  const asked = await run.runner.post('/models/calls', {
    body: { model: 'scripted-1', max_tokens: 1_000, messages: [{ role: 'user', content: 'hello there, secret wish' }] },
    headers: { 'anthropic-version': '2023-06-01' },
  })
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  await stage.drain()
  await stage.minute()

  const rows = await world.sql`
    select actor, organization_id, subject, detail from everjust.audit_log where action = 'model.call'`
  assert.equal(rows.length, 1)
  const { actor, organization_id: organization, subject, detail } = rows[0] ?? {}
  assert.deepEqual([actor, organization, subject], [ada.id, ada.organizationId, asked.body.id])
  const { askedAt, tokens, costMicros, chargedMicros, ...rest } = detail
  assert.deepEqual(rest, {
    projectId: run.projectId,
    generationId: run.id,
    model: 'scripted-1',
    purpose: 'work',
    status: 200,
    ownKey: false,
    contents: `projects/${run.projectId}/calls/${asked.body.id}/`,
  })
  assert.ok(Date.parse(askedAt) > Date.now() - 60_000)
  assert.ok(tokens.output_tokens > 0, JSON.stringify(tokens))
  assert.ok(costMicros > 0)
  assert.equal(chargedMicros, costMicros)
  assert.equal(JSON.stringify(detail).includes('secret wish'), false)
  assert.ok((await world.context.objects.list(detail.contents)).includes(`${detail.contents}request.json`))
  await ada.post(`${run.path}/cancel`)
  await stage.drain()
})

test('a key in a prompt is stored nowhere: not in rows, events, answers or the log', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  const key = `sk_live_${'aB3dE5gH7jK9mN1pQ2rS4tU6'}`
  const { status, body } = await ada.post(
    `/projects/${projectId}/generate`,
    { prompt: `a shop; pay with ${key}\u202e` },
    { headers: { 'idempotency-key': 'shop' } },
  )
  assert.equal(status, 202)
  assert.equal(body.prompt, 'a shop; pay with [secret: STRIPE_SECRET_KEY]')
  assert.deepEqual(body.masked, [
    { kind: 'Stripe secret key', placeholder: '[secret: STRIPE_SECRET_KEY]', name: 'STRIPE_SECRET_KEY' },
  ])
  const named = await ada.post('/projects', { prompt: `${key} shop` })
  const rows = await world.sql`
    select to_jsonb(g) as row from everjust.generations g union all select to_jsonb(e) from everjust.events e
    union all select to_jsonb(k) from everjust.idempotency_keys k union all select to_jsonb(j) from everjust.jobs j
    union all select to_jsonb(a) from everjust.audit_log a union all select to_jsonb(p) from everjust.projects p`
  assert.ok(rows.length > 5)
  assert.equal(JSON.stringify([rows, body, named.body, world.logs]).includes('aB3dE5'), false)
  await ada.post(`/projects/${projectId}/generations/${body.id}/cancel`)
  await stage.drain()
})

test('nothing was left behind', () => world.settled())
