import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startGateway } from '../../gateway/server.ts'
import { openAnthropic } from '../../lib/adapters/anthropic.ts'
import { Secret } from '../../lib/config.ts'
import { openStage, type StartedRun } from '../jobs/stage.ts'
import { until } from '../world/until.ts'
import { begun, ending, openVendor, words } from './vendor.ts'

const vendor = await openVendor({ after })
const stage = await openStage({ after }, { upstream: openAnthropic({ url: vendor.url, key: new Secret('sk-real') }) })
const service = await startGateway({ context: stage.jobs, port: 0, pingMs: 200 })
after(() => service.stop())

const streaming = { 'content-type': 'text/event-stream' }
const message = { model: 'scripted-1', max_tokens: 1_000, messages: [{ role: 'user', content: 'hi' }] }

const ask = (run: StartedRun, { path = '/v1/messages?beta=true', signal = AbortSignal.timeout(20_000) } = {}) =>
  fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: { 'x-api-key': run.runner.token ?? '', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify(message),
    signal,
  })
const textOf = async (response: Response, look: (read: string) => unknown) => {
  let text = ''
  const decoder = new TextDecoder()
  for await (const part of response.body ?? []) {
    text += decoder.decode(part as Uint8Array, { stream: true })
    look(text)
  }
  return text
}
const start = async () => stage.start(await stage.person())
const costOf = async (run: StartedRun) => (await run.owner.get(run.path)).body.cost.micros as number
const finish = async (run: StartedRun) => {
  await run.owner.post(`${run.path}/cancel`)
  await stage.drain()
}

test('a client of the vendor stands before it with the token of a run as its key', async () => {
  vendor.answer = (response) => void response.writeHead(200, streaming).end(begun + words('Hi') + ending)
  const run = await start()
  const response = await ask(run)
  assert.equal(response.status, 200)
  assert.match(response.headers.get('x-everjust-call') ?? '', /^call_/)
  // Where the machine is slow a comment may have been due.
  assert.equal((await response.text()).replaceAll(': ping\n\n', ''), begun + words('Hi') + ending)
  assert.equal(await costOf(run), 701)
  await finish(run)
})

test('a stream that is silent is kept open by comments, between events alone', async () => {
  const half = words('Hello')
  const pinged = Promise.withResolvers<void>()
  vendor.answer = async (response) => {
    response.writeHead(200, streaming).write(begun)
    await pinged.promise
    response.write(half.slice(0, 20))
    // Longer than it takes to a comment, which must not come here.
    await new Promise((resolve) => setTimeout(resolve, 700))
    response.end(half.slice(20) + ending)
  }
  const run = await start()
  const text = await textOf(await ask(run), (read) => read.includes(': ping') && pinged.resolve())
  assert.ok(text.startsWith(`${begun}: ping\n\n`))
  assert.equal(text.replaceAll(': ping\n\n', ''), begun + half + ending)
  assert.ok(text.includes(half), 'no comment stands inside an event')
  await finish(run)
})

test('a reply that speaks of the last event is not taken to have come to it', async () => {
  const more = Promise.withResolvers<void>()
  const [first, second] = [words('Then comes event: message_stop, I think.'), words('So it is.')]
  vendor.answer = async (response) => {
    response.writeHead(200, streaming).write(begun + first + second)
    await more.promise
    response.end(ending)
  }
  const run = await start()
  // All of it comes through before there is more.
  const text = await textOf(
    await ask(run),
    (read) => read.replaceAll(': ping\n\n', '') === begun + first + second && more.resolve(),
  )
  assert.equal(text.replaceAll(': ping\n\n', ''), begun + first + second + ending)
  await finish(run)
})

test('whoever goes away ends the request at the model too, and pays for what came', async () => {
  vendor.asked.splice(0)
  vendor.answer = (response) => void response.writeHead(200, streaming).write(begun + words('x'.repeat(400)))
  const run = await start()
  const leaving = new AbortController()
  const response = await ask(run, { signal: leaving.signal })
  await response.body?.getReader().read()
  leaving.abort()
  await until(
    () => vendor.asked[0]?.left,
    (left) => left === true,
  )
  assert.equal(
    await until(
      () => costOf(run),
      (micros) => micros > 0,
    ),
    1_200,
  )
  await finish(run)
})

test('elsewhere there is nothing, and it says that it is well', async () => {
  const run = await start()
  assert.equal(await (await fetch(`${service.url}/health`)).text(), 'ok')
  assert.equal((await ask(run, { path: '/v1/messages/count_tokens' })).status, 404)
  const headers = { 'x-api-key': run.runner.token ?? '' }
  assert.equal((await fetch(`${service.url}/v1/messages`, { headers })).status, 405)
  const garbage = await fetch(`${service.url}/v1/messages`, { method: 'POST', headers, body: '{' })
  assert.equal(garbage.status, 400)
  await finish(run)
})

test('nothing is left behind', () => stage.world.settled())
