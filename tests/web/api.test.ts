import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { Api, Problem } from '../../web/src/lib/api.ts'

/** What the server answers next, and then for good. */
let answers: { status: number; headers?: Record<string, string>; body: unknown }[] = []
let asked = 0
const server = createServer((_, response) => {
  asked += 1
  const {
    status,
    headers = {},
    body,
  } = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 500, body: {} }
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
after(() => server.close())
const path = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
const api = new Api()

function willAnswer(...given: typeof answers): void {
  answers = given
  asked = 0
}

test('a read that is refused for the moment is asked again', async () => {
  willAnswer({ status: 429, body: { error: 'Too many requests' } }, { status: 503, body: {} }, { status: 200, body: 7 })
  assert.equal(await api.get(path), 7)
  assert.equal(asked, 3)
})

test('a write is asked once: nobody knows what it has done', async () => {
  willAnswer({ status: 503, body: {} })
  assert.ok((await api.send('POST', path, {})) instanceof Problem)
  assert.equal(asked, 1)
})

test('a change that is short goes on when its page goes, a long one and a read do not', async (t) => {
  willAnswer({ status: 200, body: 7 })
  const { mock } = t.mock.method(globalThis, 'fetch')
  await api.get(path)
  await api.send('PUT', path, { name: 'x' })
  await api.send('DELETE', path)
  await api.send('PUT', path, { text: 'x'.repeat(50_000) })
  assert.deepEqual(
    mock.calls.map(({ arguments: [, ask] }) => ask?.keepalive ?? false),
    [false, true, true, false],
  )
})

test('a long wait is told, and not waited for', async () => {
  const title = 'Too many requests for the moment.'
  const body = { code: 'rate_limited', title, detail: title }
  willAnswer({ status: 429, headers: { 'retry-after': '40' }, body })
  const problem = await api.get(path)
  assert.ok(problem instanceof Problem)
  assert.deepEqual([problem.code, problem.title, problem.detail], ['rate_limited', title, 'Try again in 40 s.'])
  assert.equal(asked, 1)
})

test('a problem that has nothing to add says its title once', async () => {
  willAnswer({ status: 404, body: { code: 'not_found', title: 'No such thing.', detail: 'No such thing.' } })
  const problem = await api.get(path)
  assert.ok(problem instanceof Problem)
  assert.equal(problem.detail, '')
})
