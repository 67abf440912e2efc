import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openAnthropic } from '../../lib/adapters/anthropic.ts'
import { Secret } from '../../lib/config.ts'
import type { ImageId, JobId } from '../../lib/contract/ids.ts'
import { ModelChunk } from '../../lib/contract/model.ts'
import { imageReference } from '../../lib/domain/image-reference.ts'
import { objectKeys } from '../../lib/ports/object-store.ts'
import { close, listen } from '../../local/listen.ts'
import { accountOf, mistakes, openStage, success, type StartedRun } from './stage.ts'

type Answering = (request: IncomingMessage, response: ServerResponse, body: string) => void | Promise<void>

const vendor: { answer: Answering; asked: { headers: IncomingMessage['headers']; body: string }[] } = {
  answer: (_, response) => void response.end(),
  asked: [],
}
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (part: Buffer) => (body += part.toString()))
  request.on('end', () => {
    vendor.asked.push({ headers: request.headers, body })
    void vendor.answer(request, response, body)
  })
})
const port = await listen(server, 0)
after(() => close(server))

const upstream = openAnthropic({ url: `http://127.0.0.1:${port}`, key: new Secret('sk-real') })
const stage = await openStage({ after }, { upstream })
const { world } = stage

const line = (data: object) => `event: x\ndata: ${JSON.stringify(data)}\n\n`
const begun = line({ type: 'message_start', message: { usage: { input_tokens: 100, output_tokens: 1 } } })
const words = (text: string) => line({ type: 'content_block_delta', delta: { type: 'text_delta', text } })
const ending =
  line({ type: 'message_delta', usage: { output_tokens: 50, cache_read_input_tokens: 10 } }) +
  line({ type: 'message_stop' })

const request = (changes: object = {}) => ({
  body: { model: 'scripted-1', max_tokens: 1_000, messages: [{ role: 'user', content: 'hi' }], ...changes },
  headers: { 'anthropic-version': '2026-10-21', 'anthropic-beta': 'a,b' },
})

/** What the runner would read. */
async function reply(addresses: readonly string[]): Promise<ModelChunk[]> {
  const chunks: ModelChunk[] = []
  for (const address of addresses) {
    const answer = await fetch(address)
    if (answer.status !== 200) break
    chunks.push(ModelChunk.parse(await answer.json()))
  }
  return chunks
}

const costOf = async (run: StartedRun) => (await run.owner.get(run.path)).body.cost.micros as number
const heldBy = async ({ id }: StartedRun) => {
  const [row] = await world.sql`select held_micros from everjust.generations where id = ${id}`
  return Number(row?.['held_micros'])
}

async function finish(run: StartedRun): Promise<void> {
  await run.owner.post(`${run.path}/cancel`)
  await stage.drain()
}

test('a reply is relayed chunk by chunk, metered and paid', async () => {
  vendor.answer = async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_1' })
    response.write(begun)
    await sleep(150)
    response.write(words('Héllo'))
    response.end(ending)
  }
  vendor.asked.splice(0)
  const run = await stage.start(await stage.person())
  const { status, body } = await run.runner.post('/models/calls', request())
  assert.equal(status, 202, JSON.stringify(body))
  assert.equal(body.chunks.length, 60)
  assert.ok((await heldBy(run)) > 10_000)
  assert.deepEqual(await stage.drain(), ['relay-model'])

  const chunks = await reply(body.chunks)
  assert.equal(chunks.map(({ text }) => text).join(''), begun + words('Héllo') + ending)
  assert.deepEqual(
    [chunks[0]?.status, chunks[0]?.contentType, chunks[0]?.requestId, chunks.at(-1)?.done, chunks.at(-1)?.cut],
    [200, 'text/event-stream', 'req_1', true, undefined],
  )
  assert.ok(chunks.length >= 2)
  // 100 × 2 + 50 × 10 + 10 × 0.1 micros.
  assert.equal(await costOf(run), 701)
  assert.equal(await heldBy(run), 0)
  const [asked] = vendor.asked
  assert.equal(asked?.headers['x-api-key'], 'sk-real')
  assert.equal(asked?.headers['anthropic-version'], '2026-10-21')
  assert.equal(asked?.headers['anthropic-beta'], 'a,b')
  assert.equal(asked?.headers['authorization'], undefined)
  const sent = JSON.parse(asked?.body ?? '{}')
  assert.equal(sent.stream, true)
  assert.match(sent.metadata.user_id, /^[0-9a-f]{64}$/)

  const more = await run.runner.get(`/models/calls/${body.id}?from=60`)
  assert.deepEqual([more.status, more.body.from, more.body.chunks.length], [200, 60, 60])
  const other = await stage.start(await stage.person())
  assert.equal((await other.runner.get(`/models/calls/${body.id}`)).status, 404)
  await finish(other)

  await run.runner.post(`${run.reports}/end`, success)
  assert.deepEqual(await accountOf(world, run.id), { generations: 'settled 1', micros: 'settled 701' })
  assert.deepEqual(await mistakes(world), [])
})

test('what a run may not ask is refused for good, and costs nothing', async () => {
  const run = await stage.start(await stage.person())
  const refused = [
    { model: 'claude-opus-5-5' },
    { thread: { type: 'create' } },
    { mcp_servers: [] },
    { container: 'x' },
    { service_tier: 'priority' },
    { speed: 'fast' },
    { inference_geo: 'us' },
    { tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
    { messages: [{ role: 'user', content: [{ type: 'document', source: { type: 'file', file_id: 'file_1' } }] }] },
    { messages: [{ role: 'user', content: [{ type: 'tool_result', content: [{ type: 'container_upload' }] }] }] },
  ]
  for (const changes of refused) {
    const { status, headers } = await run.runner.post('/models/calls', request(changes))
    assert.deepEqual([status, headers['x-should-retry']], [403, 'false'], JSON.stringify(changes))
  }
  assert.equal((await run.runner.post('/models/calls', { ...request(), url: 'http://elsewhere' })).status, 400)
  assert.equal((await run.owner.post('/models/calls', request())).status, 404)
  const large = request({ messages: [{ role: 'user', content: 'x'.repeat(1_000_000) }] })
  assert.equal((await run.runner.post('/models/calls', large)).status, 413)
  await finish(run)
  const over = await run.runner.post('/models/calls', request())
  assert.deepEqual([over.status, over.body.code, over.headers['x-should-retry']], [409, 'run_over', 'false'])
  assert.deepEqual(await accountOf(world, run.id), { generations: 'settled 1', micros: 'released 0' })
})

test('calls at once are held against the cap of the run, exactly', async () => {
  vendor.answer = (_, response) => void response.writeHead(529).end('{}')
  const run = await stage.start(await stage.person())
  // A call of 16,000 tokens holds a little more than 160,000 of the 500,000 micros.
  const asked = await Promise.all(
    Array.from({ length: 8 }, () => run.runner.post('/models/calls', request({ max_tokens: 16_000 }))),
  )
  assert.deepEqual(asked.map(({ status }) => status).sort(), [202, 202, 202, 402, 402, 402, 402, 402])
  const refused = asked.find(({ status }) => status === 402)
  assert.deepEqual([refused?.body.code, refused?.headers['x-should-retry']], ['payment_required', 'false'])
  await stage.drain()
  assert.equal(await heldBy(run), 0)
  assert.equal(await costOf(run), 0)
  await finish(run)
})

test('the vendor’s refusals pass through with their words', async () => {
  const run = await stage.start(await stage.person())
  for (const [status, text] of [
    [429, '{"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}'],
    [500, 'oops'],
    [400, '{"type":"error"}'],
  ] as const) {
    vendor.answer = (_, response) => void response.writeHead(status, { 'retry-after': '7' }).end(text)
    const { body } = await run.runner.post('/models/calls', request())
    await stage.drain()
    const chunks = await reply(body.chunks)
    assert.equal(chunks.map((chunk) => chunk.text).join(''), text)
    assert.deepEqual([chunks[0]?.status, chunks[0]?.retryAfter, chunks.at(-1)?.cut], [status, '7', undefined])
  }
  assert.equal(await costOf(run), 0)
  assert.equal(await heldBy(run), 0)
  await finish(run)
})

test('a reply that is cut is paid for what came, and says that it was cut', async () => {
  vendor.answer = async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(begun + words('x'.repeat(400)))
    await sleep(50)
    response.destroy()
  }
  const run = await stage.start(await stage.person())
  const { body } = await run.runner.post('/models/calls', request())
  await stage.drain()
  const chunks = await reply(body.chunks)
  assert.deepEqual([chunks.at(-1)?.done, chunks.at(-1)?.cut], [true, true])
  // 100 tokens in, and 400 characters out at four a token.
  assert.equal(await costOf(run), 1_200)
  await finish(run)
  assert.deepEqual(await accountOf(world, run.id), { generations: 'settled 1', micros: 'settled 1200' })
})

test('garbage and silence of the vendor cost nothing and end in an error', async () => {
  const run = await stage.start(await stage.person())
  vendor.answer = (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>data: {"a"')
  const garbage = await run.runner.post('/models/calls', request())
  await stage.drain()
  assert.equal((await reply(garbage.body.chunks)).at(-1)?.cut, true)
  vendor.answer = (_, response) => void response.destroy()
  const silence = await run.runner.post('/models/calls', request())
  await stage.drain()
  const told = await reply(silence.body.chunks)
  assert.deepEqual([told[0]?.status, told.at(-1)?.done, told.at(-1)?.cut], [503, true, undefined])
  assert.equal(JSON.parse(told.map(({ text }) => text).join('')).type, 'error')
  assert.equal(await costOf(run), 0)
  await finish(run)
})

test('a call is sent once: a worker that finds it begun ends it with what is known', async () => {
  vendor.answer = (_, response) => void response.writeHead(200).write(begun)
  vendor.asked.splice(0)
  const run = await stage.start(await stage.person())
  const { body } = await run.runner.post('/models/calls', request())
  const jobId = world.wakes.splice(0)[0]?.jobId as JobId
  const killed = stage.work('relay-model', jobId)
  while (vendor.asked.length === 0) await sleep(10)
  await world.sql`update everjust.jobs set lease_until = now() - interval '1 second' where id = ${jobId}`
  await world.sql`update everjust.model_calls set usage = '{"input_tokens":100,"output_tokens":20}' where id = ${body.id}`
  await stage.minute()
  await stage.drain()
  assert.equal(vendor.asked.length, 1)
  assert.equal(await costOf(run), 400)
  assert.equal(await heldBy(run), 0)
  // The first worker, if it still lives, finds within seconds that the call is not its own any more.
  await killed
  assert.equal(await costOf(run), 400)
  assert.equal((await reply(body.chunks)).at(-1)?.cut, true)
  await finish(run)
  assert.deepEqual(await mistakes(world), [])
})

test('a reply whose last part could not be stored says soon that it was cut', async () => {
  vendor.answer = (_, response) => void response.end(begun + words('Hello') + ending)
  const run = await stage.start(await stage.person())
  const { body } = await run.runner.post('/models/calls', request())
  const jobId = world.wakes.splice(0)[0]?.jobId as JobId
  const { objects } = stage.jobs
  const put: typeof objects.put = (key, text, type) =>
    key.includes('/calls/') ? Promise.reject(new Error('storage is away')) : objects.put(key, text, type)
  await stage.work('relay-model', jobId, { objects: { ...objects, put } })
  world.logs.splice(0)
  const cost = await costOf(run)
  assert.ok(cost > 0)
  await world.sql`update everjust.jobs set run_at = now() where id = ${jobId}`
  await stage.work('relay-model', jobId)
  const last = (await reply(body.chunks)).at(-1)
  assert.deepEqual([last?.done, last?.cut], [true, true])
  assert.equal(await costOf(run), cost)
  await finish(run)
})

test('a cancelled run stops its reply within seconds, and pays what came', async () => {
  vendor.answer = (_, response) => void response.writeHead(200).write(begun)
  const run = await stage.start(await stage.person())
  await run.runner.post('/models/calls', request())
  const jobId = world.wakes.splice(0)[0]?.jobId as JobId
  vendor.asked.splice(0)
  const relayed = stage.work('relay-model', jobId)
  while (vendor.asked.length === 0) await sleep(10)
  await run.owner.post(`${run.path}/cancel`)
  assert.deepEqual(await accountOf(world, run.id), { generations: 'settled 1', micros: 'released 0' })
  const from = performance.now()
  await relayed
  assert.ok(performance.now() - from < 20_000)
  // 100 tokens in and the one that was announced.
  assert.deepEqual(await accountOf(world, run.id), { generations: 'settled 1', micros: 'settled 210' })
  await stage.drain()
  assert.deepEqual(await mistakes(world), [])
})

test('a call whose worker was killed for good is settled by the schedule', async () => {
  const run = await stage.start(await stage.person())
  const { body } = await run.runner.post('/models/calls', request())
  world.wakes.splice(0)
  await world.sql`delete from everjust.jobs where kind = 'relay-model' and state = 'queued'`
  await stage.minute()
  assert.ok((await heldBy(run)) > 0)
  await world.sql`update everjust.model_calls set created_at = now() - interval '17 minutes' where id = ${body.id}`
  await Promise.all([stage.minute(), stage.minute()])
  assert.equal(await heldBy(run), 0)
  await finish(run)
})

interface Sent {
  messages: { content: object[] }[]
}

test('an image of the project is put in on its way to the model, and no address is let through', async () => {
  vendor.answer = (_, response) =>
    void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(begun + ending)
  vendor.asked.splice(0)
  const run = await stage.start(await stage.person())
  const png = new Uint8Array([137, 80, 78, 71])
  await world.context.objects.put(objectKeys.image(run.projectId, 'img_0123456789abcdefghjk'), png, 'image/png')
  const asking = (id: string) => [
    { role: 'user', content: [imageReference(id as ImageId, 'image/png'), { type: 'text', text: 'like this' }] },
  ]
  for (const id of ['img_0123456789abcdefghjk', 'img_zzzzzzzzzzzzzzzzzzzz']) {
    const { status, body } = await run.runner.post('/models/calls', request({ messages: asking(id) }))
    assert.equal(status, 202, JSON.stringify(body))
    await stage.drain()
  }
  const sent = vendor.asked.map(({ body }) => (JSON.parse(body) as Sent).messages[0]?.content[0])
  assert.deepEqual(sent, [
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw==' } },
    { type: 'text', text: '[An image stood here that is not there any more.]' },
  ])
  for (const url of ['http://169.254.169.254/', 'everjust-image:../../x#image/png', 7]) {
    const messages = [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url } }] }]
    assert.equal((await run.runner.post('/models/calls', request({ messages }))).status, 403)
    const document = { type: 'document', source: { type: 'content', content: messages[0]?.content } }
    const inside = request({ messages: [{ role: 'user', content: [document] }] })
    assert.equal((await run.runner.post('/models/calls', inside)).status, 403)
  }
  await finish(run)
})

test('nothing is left behind', () => world.settled())
