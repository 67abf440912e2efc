import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openAnthropic } from '../../lib/adapters/anthropic.ts'
import { Secret } from '../../lib/config.ts'
import { failureHeader } from '../../lib/contract/model.ts'
import { accountOf, mistakes, openStage, success, type StartedRun } from '../jobs/stage.ts'
import { until } from '../world/until.ts'
import { functionsHost, serviceHost, type Host } from './hosts.ts'
import { begun, ending, openVendor, words } from './vendor.ts'

const vendor = await openVendor({ after })
const stage = await openStage({ after }, { upstream: openAnthropic({ url: vendor.url, key: new Secret('sk-real') }) })
const { world } = stage

const message = (changes: object = {}) => ({
  model: 'scripted-1',
  max_tokens: 1_000,
  messages: [{ role: 'user', content: 'hi' }],
  ...changes,
})
const wrapped = (changes: object = {}) => ({ body: message(changes), headers: { 'anthropic-version': '2026-10-21' } })
const headers = { 'anthropic-version': '2026-10-21', 'anthropic-beta': 'a,b' }

const costOf = async (run: StartedRun) => (await run.owner.get(run.path)).body.cost.micros as number
const heldBy = async ({ id }: StartedRun) => {
  const [row] = await world.sql`select held_micros from everjust.generations where id = ${id}`
  return Number(row?.['held_micros'])
}
const streaming = { 'content-type': 'text/event-stream', 'request-id': 'req_1' }

for (const open of [async () => functionsHost(stage), () => serviceHost(stage)]) {
  const host: Host = await open()

  describe(`the gateway as ${host.name}`, () => {
    after(() => host.stop())
    const start = async () => stage.start(await stage.person())
    const ask = (run: StartedRun, changes: object = {}, signal?: AbortSignal) =>
      host.fetchFor(run)('http://relay/v1/messages', {
        method: 'POST',
        headers,
        body: JSON.stringify(message(changes)),
        ...(signal ? { signal } : {}),
      })
    const finish = async (run: StartedRun) => {
      await run.owner.post(`${run.path}/cancel`)
      await stage.drain()
    }

    test('a reply streams through as it comes, byte for byte, metered and paid', async () => {
      vendor.asked.splice(0)
      vendor.answer = async (response) => {
        response.writeHead(200, streaming)
        response.write(begun)
        await sleep(300)
        response.write(words('Héllo'))
        response.end(ending)
      }
      const run = await start()
      const response = await ask(run)
      assert.deepEqual(
        [response.status, response.headers.get('content-type'), response.headers.get('request-id')],
        [200, 'text/event-stream', 'req_1'],
      )
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      const first = (await reader?.read())?.value ?? ''
      assert.equal(first, begun, 'the first words come before the last are there')
      let text = first
      for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) text += part.value
      assert.equal(text, begun + words('Héllo') + ending)
      // Settled by the time the reply is whole: 100 × 2 + 50 × 10 + 10 × 0.1 micros.
      assert.deepEqual([await costOf(run), await heldBy(run)], [701, 0])
      const [asked] = vendor.asked
      assert.deepEqual(
        [asked?.headers['x-api-key'], asked?.headers['authorization'], asked?.headers['anthropic-beta']],
        ['sk-real', undefined, 'a,b'],
      )
      const sent = JSON.parse(asked?.body ?? '{}')
      assert.equal(sent.stream, true)
      assert.match(sent.metadata.user_id, /^[0-9a-f]{64}$/)
      await run.runner.post(`${run.reports}/end`, success)
      assert.deepEqual(await accountOf(world, run.id), { generations: 'settled 1', micros: 'settled 701' })
      assert.deepEqual(await mistakes(world), [])
      await stage.drain()
    })

    test('what was asked and replied is kept for the recording of the run', async () => {
      vendor.answer = (response) => void response.writeHead(200, streaming).end(begun + ending)
      const run = await start()
      await (await ask(run)).text()
      // A host that streams keeps it behind the answer.
      const stored = await until(
        () => world.context.objects.list(`projects/${run.projectId}/calls/`),
        (keys) => keys.some((key) => /\/\d+\.json$/.test(key)) && keys.some((key) => key.endsWith('/request.json')),
      )
      const texts = await Promise.all(
        stored.map(async (key) => new TextDecoder().decode(await world.context.objects.get(key))),
      )
      const chunks = stored.flatMap((key, at) => (/\/\d+\.json$/.test(key) ? [JSON.parse(texts[at] ?? '{}')] : []))
      assert.equal(
        chunks
          .toSorted((a, b) => a.n - b.n)
          .map(({ text }) => text)
          .join(''),
        begun + ending,
      )
      assert.equal(stored.filter((key) => key.endsWith('/request.json')).length, 1)
      assert.equal(texts.join().includes('sk-real'), false)
      await finish(run)
    })

    test('who is nobody, what is not allowed, and what is too large is refused for good', async () => {
      const run = await start()
      const { token } = run.runner
      assert.equal((await host.once(undefined, wrapped())).status, 401)
      assert.equal((await host.once('a'.repeat(40), wrapped())).status, 401)
      for (const changes of [{ model: 'claude-opus-5-5' }, { thread: { type: 'create' } }, { mcp_servers: [] }]) {
        const refused = await host.once(token, wrapped(changes))
        assert.deepEqual([refused.status, refused.headers.get('x-should-retry')], [403, 'false'])
      }
      assert.equal((await host.once(token, { ...wrapped(), url: 'http://elsewhere' })).status, 400)
      const large = wrapped({ messages: [{ role: 'user', content: 'x'.repeat(1_000_000) }] })
      assert.equal((await host.once(token, large)).status, 413)
      const foreign = await world.asRun({ projectId: run.projectId, generationId: run.id, attempt: 2 })
      const over = await host.once(foreign.token, wrapped())
      assert.deepEqual([over.status, ((await over.json()) as { code: string }).code], [409, 'run_over'])
      await finish(run)
      const late = await host.once(token, wrapped())
      assert.deepEqual([late.status, late.headers.get('x-should-retry')], [409, 'false'])
      assert.deepEqual(await accountOf(world, run.id), { generations: 'settled 1', micros: 'released 0' })
    })

    test('calls at once never hold more than the run may cost', async () => {
      vendor.answer = async (response) => {
        await sleep(400)
        response.writeHead(529, { 'content-type': 'application/json' }).end('{}')
      }
      const run = await start()
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => host.once(run.runner.token, wrapped({ max_tokens: 16_000 }))),
      )
      const refused = answers.filter(({ status }) => status === 402)
      assert.ok(refused.length >= 4 && refused.length < 8, String(answers.map(({ status }) => status)))
      assert.equal(refused[0]?.headers.get('x-should-retry'), 'false')
      await Promise.all(answers.map((answer) => answer.text()))
      await until(
        () => heldBy(run),
        (micros) => micros === 0,
      )
      assert.equal(await costOf(run), 0)
      await finish(run)
    })

    test('the vendor’s refusals pass with their words, and nothing that follows from them is charged', async () => {
      const run = await start()
      for (const [status, text] of [
        [429, '{"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}'],
        [500, 'oops'],
        [400, '{"type":"error"}'],
      ] as const) {
        vendor.answer = (response) => void response.writeHead(status, { 'retry-after': '7' }).end(text)
        const response = await ask(run)
        assert.deepEqual([response.status, response.headers.get('retry-after')], [status, '7'])
        assert.equal(await response.text(), text)
      }
      assert.deepEqual([await costOf(run), await heldBy(run)], [0, 0])
      await finish(run)
    })

    test('a vendor that does not answer is a 503 in its own form', async () => {
      vendor.answer = (response) => void response.destroy()
      const run = await start()
      const response = await ask(run)
      assert.equal(response.status, 503)
      assert.equal(((await response.json()) as { type: string }).type, 'error')
      await finish(run)
    })

    test('a reply that is cut breaks off, and is paid for what came', async () => {
      vendor.answer = async (response) => {
        response.writeHead(200, streaming)
        response.write(begun + words('x'.repeat(400)))
        await sleep(50)
        response.destroy()
      }
      const run = await start()
      const response = await ask(run)
      await assert.rejects(response.text())
      // 100 tokens in, and 400 characters out at four a token.
      await until(
        () => costOf(run),
        (micros) => micros === 1_200,
      )
      assert.equal(await heldBy(run), 0)
      await finish(run)
    })

    test('a run that is cancelled ends its reply within seconds, and pays what came', async () => {
      vendor.asked.splice(0)
      vendor.answer = (response) => void response.writeHead(200, streaming).write(begun)
      const run = await start()
      const response = await ask(run)
      const text = response.text().catch(() => 'broke off')
      await until(
        () => vendor.asked.length,
        (count) => count === 1,
      )
      await run.owner.post(`${run.path}/cancel`)
      assert.equal(await text, 'broke off')
      await until(
        () => vendor.asked[0]?.left,
        (left) => left === true,
      )
      await until(
        () => accountOf(world, run.id),
        ({ micros }) => micros === 'settled 210',
      )
      assert.deepEqual(await mistakes(world), [])
      await stage.drain()
    })

    test('an own key that is refused names the failure of the run', async () => {
      const owner = await stage.person()
      await owner.put(`/organizations/${owner.organizationId}/own-model`, { key: 'sk-own-secret', url: vendor.url })
      await owner.put(`/organizations/${owner.organizationId}/engine`, { models: ['qwen-99'] })
      const run = await stage.start(owner)
      vendor.asked.splice(0)
      vendor.answer = (response) => void response.writeHead(401).end('{"type":"error"}')
      const response = await ask(run, { model: 'qwen-99' })
      assert.deepEqual([response.status, response.headers.get(failureHeader)], [401, 'own_key_refused'])
      assert.equal(vendor.asked[0]?.headers['x-api-key'], 'sk-own-secret')
      await response.text()
      await finish(run)
    })

    test('nothing is left behind', async () => {
      await host.quiet()
      await stage.drain()
      await world.settled()
    })
  })
}
