import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { after, test } from 'node:test'
import { NotAllowed, lookUpWithin } from '../../lib/adapters/own-endpoint.ts'
import { openOwnModels } from '../../lib/adapters/own-models.ts'
import { Secret } from '../../lib/config.ts'
import { ModelChunk } from '../../lib/contract/model.ts'
import { close, listen } from '../../local/listen.ts'
import { until } from '../world/until.ts'
import { accountOf, mistakes, openStage, success, type StartedRun } from './stage.ts'

const vendor = {
  answer: (_: ServerResponse): void => {},
  asked: [] as { headers: IncomingMessage['headers']; body: string }[],
}
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (part: Buffer) => (body += part.toString()))
  request.on('end', () => {
    vendor.asked.push({ headers: request.headers, body })
    vendor.answer(response)
  })
})
const port = await listen(server, 0)
after(() => close(server))
const url = `http://127.0.0.1:${port}`
const key = 'sk-own-secret-1234'

const stage = await openStage({ after })
const { world } = stage

const line = (data: object) => `event: x\ndata: ${JSON.stringify(data)}\n\n`
const whole =
  line({ type: 'message_start', message: { usage: { input_tokens: 100, output_tokens: 1 } } }) +
  line({ type: 'message_delta', usage: { output_tokens: 50 } }) +
  line({ type: 'message_stop' })
const streaming = (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end(whole)
}
const refusing = (status: number) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end('{"type":"error"}')
}

const request = (model: string) => ({
  body: { model, max_tokens: 1_000, messages: [{ role: 'user', content: 'hi' }] },
  headers: { 'anthropic-version': '2026-10-21' },
})

/** Somebody whose organization pays by its own key, with a run of this model. */
async function openRun(models: string[] | null, at: string | null = url) {
  const owner = await stage.person()
  const path = `/organizations/${owner.organizationId}`
  await owner.put(`${path}/own-model`, { key, ...(at ? { url: at } : {}) })
  await owner.put(`${path}/engine`, { models })
  const settings = async () => (await owner.get(`${path}/engine`)).body
  return { run: await stage.start(owner), owner, path, settings }
}

async function ask(run: StartedRun, model: string): Promise<ModelChunk[]> {
  const { status, body } = await run.runner.post('/models/calls', request(model))
  assert.equal(status, 202, JSON.stringify(body))
  await stage.drain()
  const chunks: ModelChunk[] = []
  for (const address of body.chunks as string[]) {
    const answer = await fetch(address)
    if (answer.status !== 200) break
    chunks.push(ModelChunk.parse(await answer.json()))
  }
  return chunks
}

async function finish(run: StartedRun): Promise<void> {
  await run.owner.post(`${run.path}/cancel`)
  await stage.drain()
}

test('a run with an own key asks by it, shows its cost, and is charged nothing', async () => {
  vendor.answer = streaming
  vendor.asked.splice(0)
  const { run } = await openRun(['claude-haiku-4-5'])
  const chunks = await ask(run, 'claude-haiku-4-5')
  assert.equal(chunks.map(({ text }) => text).join(''), whole)
  assert.equal(vendor.asked[0]?.headers['x-api-key'], key)
  const shown = (await run.owner.get(run.path)).body
  // 100 × 1 + 50 × 5 micros.
  assert.deepEqual([shown.ownKey, shown.cost.micros, shown.cost.simulated], [true, 350, false])
  await run.runner.post(`${run.reports}/end`, success)
  assert.deepEqual(await accountOf(world, run.id), { generations: 'settled 1', micros: 'released 0' })
  assert.deepEqual(await mistakes(world), [])
  await stage.drain()
})

test('a model behind their own address needs no price', async () => {
  vendor.answer = streaming
  const { run } = await openRun(['qwen-99'])
  await ask(run, 'qwen-99')
  const shown = (await run.owner.get(run.path)).body
  assert.deepEqual([shown.model, shown.cost.micros, shown.context], ['qwen-99', 0, { tokens: 150, window: 100_000 }])
  assert.equal((await run.runner.post('/models/calls', request('claude-haiku-4-5'))).status, 403)
  await finish(run)
})

test('a refused key ends in a failure that names it, is shown to the organization, and is forgotten once it works', async () => {
  vendor.answer = refusing(401)
  const { run, settings } = await openRun(['claude-haiku-4-5'])
  const [first] = await ask(run, 'claude-haiku-4-5')
  assert.deepEqual([first?.status, first?.failure], [401, 'own_key_refused'])
  assert.equal((await settings()).ownModel.problem, 'The key was refused (401).')
  vendor.answer = refusing(529)
  assert.equal((await ask(run, 'claude-haiku-4-5'))[0]?.failure, undefined)
  vendor.answer = streaming
  await ask(run, 'claude-haiku-4-5')
  assert.equal((await settings()).ownModel.problem, null)
  await run.runner.post(`${run.reports}/end`, { ...success, outcome: 'failed', failure: 'own_key_refused' })
  const { failure, state } = (await run.owner.get(run.path)).body
  assert.deepEqual([state, failure.code], ['failed', 'own_key_refused'])
  assert.match(failure.happened, /own key/)
  await stage.drain()
})

test('an endpoint that a stopped run did not wait for is not said to be silent', async () => {
  vendor.asked.splice(0)
  let left = false
  vendor.answer = (response) => void response.on('close', () => (left = true))
  const { run, settings } = await openRun(['claude-haiku-4-5'])
  const asking = ask(run, 'claude-haiku-4-5')
  await until(
    () => vendor.asked.length,
    (asked) => asked > 0,
  )
  await run.owner.post(`${run.path}/cancel`)
  await asking
  assert.deepEqual([left, (await settings()).ownModel.problem], [true, null])
  await stage.drain()
})

test('a key that is taken away during a run is never replaced by the platform’s', async () => {
  const { run, owner, path } = await openRun(['claude-haiku-4-5'])
  await owner.delete(`${path}/own-model`)
  vendor.asked.splice(0)
  const [first] = await ask(run, 'claude-haiku-4-5')
  assert.deepEqual([first?.status, first?.failure], [401, 'own_key_refused'])
  assert.equal(vendor.asked.length, 0)
  await finish(run)
})

test('an address that leads inside is not asked, whatever it led to when it was set', async () => {
  vendor.answer = streaming
  vendor.asked.splice(0)
  const { run, settings } = await openRun(['claude-haiku-4-5'])
  const { status, body } = await run.runner.post('/models/calls', request('claude-haiku-4-5'))
  assert.equal(status, 202)
  await stage.drain({ ownUpstream: openOwnModels('public') })
  const first = ModelChunk.parse(await (await fetch(body.chunks[0])).json())
  assert.deepEqual([first.status, first.failure], [403, 'own_key_refused'])
  assert.equal(vendor.asked.length, 0)
  assert.equal((await settings()).ownModel.problem, 'The address is not one that we may reach.')
  await finish(run)
})

test('a name is judged by the address it leads to, and a redirection is not followed', async () => {
  const ask = (at: string, policy: 'public' | 'local') => {
    const upstream = openOwnModels(policy)({
      key: new Secret(key),
      url: at,
    })
    return upstream.ask({}, { 'anthropic-version': '1' }, AbortSignal.timeout(5_000))
  }
  const led = await new Promise((resolve) => lookUpWithin('public')('localhost', { all: true }, resolve))
  assert.ok(led instanceof NotAllowed)
  const open = await new Promise((resolve) => lookUpWithin('local')('localhost', { all: true }, resolve))
  assert.equal(open, null)
  vendor.asked.splice(0)
  const inside = await ask(`https://127.0.0.1.:${port}`, 'public').catch((error: Error) => error)
  assert.ok(inside instanceof Error && 'retryable' in inside && inside.retryable === false)
  vendor.answer = (response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
  const redirected = await ask(url, 'local').catch((error: Error) => error)
  assert.ok(redirected instanceof Error)
  assert.match(String(redirected.cause), /leads elsewhere/)
  assert.equal(JSON.stringify([redirected, inside, world.logs]).includes('own-secret'), false)
  assert.equal(vendor.asked.length, 1)
})

test('the key is in no log line and no stored object of a call', async () => {
  vendor.answer = streaming
  const { run } = await openRun(['claude-haiku-4-5'])
  await ask(run, 'claude-haiku-4-5')
  await finish(run)
  assert.equal(JSON.stringify(world.logs).includes('own-secret'), false)
  const keys = await world.context.objects.list(`projects/${run.projectId}/`)
  for (const stored of keys) {
    const bytes = await world.context.objects.get(stored)
    assert.equal(new TextDecoder().decode(bytes).includes('own-secret'), false, stored)
  }
})

test('the model that may step in is let through and priced by itself', async () => {
  const owner = await stage.person()
  const { body: project } = await owner.post('/projects', { name: 'Fallback' })
  const { body } = await owner.post(`/projects/${project.id}/generate`, { prompt: 'x', mayFallBack: true })
  await stage.drain({
    upstream: openOwnModels('local')({ key: new Secret(key), url }),
  })
  const runner = await world.asRun({ projectId: project.id, generationId: body.id, attempt: 1 })
  vendor.answer = streaming
  for (const [model, status] of [
    ['scripted-mini', 202],
    ['scripted-1', 202],
    ['claude-haiku-4-5', 403],
  ] as const) {
    assert.equal((await runner.post('/models/calls', request(model))).status, status, model)
    await stage.drain({
      upstream: openOwnModels('local')({ key: new Secret(key), url }),
    })
  }
  // 100 × 1 + 50 × 5 of the small one, twice that of the other.
  const path = `/projects/${project.id}/generations/${body.id}`
  assert.equal((await owner.get(path)).body.cost.micros, 350 + 700)
  await owner.post(`${path}/cancel`)
  await stage.drain()
})

test('nothing is left behind', () => world.settled())
