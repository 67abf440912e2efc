import assert from 'node:assert/strict'
import { before, after, describe, it } from 'node:test'
import { openStage } from './stage.ts'
import type { Stage } from './stage.ts'

const project = `
packages:
  - name: v1
    environment: { REGION: local }
    functions:
      - { name: raw, web: raw, parameters: { bound: 1 } }
      - { name: parsed, web: true, parameters: { bound: 1 }, environment: { SECRET: x } }
      - { name: hidden, web: false }
      - { name: locked, web: raw, webSecure: open-sesame }
      - { name: own-cors, web: raw, annotations: { web-custom-options: true } }
  - name: default
    functions:
      - { name: alone, web: raw }
`
const echo = 'exports.main = (event) => ({ body: event })'
const answers = `
const results = {
  '/object': { body: { a: 1 } },
  '/problem': { statusCode: 404, headers: { 'content-type': 'application/problem+json' }, body: { code: 'gone' } },
  '/object-as-text': { headers: { 'content-type': 'text/plain' }, body: { a: 1 } },
  '/html': { body: '<p>hi' },
  '/text': { headers: { 'Content-Type': 'text/plain' }, statusCode: '201', body: 'made' },
  '/png': { headers: { 'content-type': 'image/png' }, body: Buffer.from([137, 80, 0, 255]).toString('base64') },
  '/bad-png': { headers: { 'content-type': 'image/png' }, body: 'not base64!' },
  '/json-string': { headers: { 'content-type': 'application/json' }, body: 'true' },
  '/empty': { headers: { 'content-type': 'application/json' } },
  '/cookies': { statusCode: 204, headers: { 'set-cookie': ['a=1', 'b=2'], 'x-number': 3, 'x-flag': true } },
  '/bad-status': { statusCode: 'high', body: 'x' },
  '/bad-header': { headers: { a: { b: 1 } }, body: 'x' },
  '/bad-header-text': { headers: { a: 'one\\ntwo' }, body: 'x' },
  '/own-framing': { headers: { 'content-length': 1, 'transfer-encoding': 'chunked' }, body: 'whole' },
  '/error': { error: { statusCode: 418, body: 'teapot' } },
  '/error-text': { error: 'no' },
  '/cors': { headers: { 'access-control-allow-origin': 'https://mine' }, body: 'x' },
}
exports.main = ({ http, __ow_body }) => {
  if (http.path === '/throw') throw new Error('boom')
  if (http.path === '/string') return 'just text'
  return results[http.path] ?? { body: http.method }
}`

describe('web requests', () => {
  let stage: Stage
  const cleanUps: (() => Promise<void> | void)[] = []
  before(async () => {
    const code = { 'v1/raw': echo, 'v1/parsed': echo, 'v1/hidden': echo, 'v1/locked': echo, 'v1/own-cors': answers }
    const context = { after: (clean: () => Promise<void> | void) => void cleanUps.push(clean) }
    stage = await openStage(context as never, { project, code: { ...code, 'default/alone': answers } })
  })
  after(async () => {
    for (const clean of cleanUps) await clean()
  })

  const http = async (path: string, init?: RequestInit) => {
    const answer = (await (await stage.call(path, init)).json()) as { http: Record<string, unknown> }
    return answer.http
  }
  const answerOf = (path: string, init?: RequestInit) => stage.call(`/default/alone${path}`, init)

  it('gives a raw function the method, the rest of the path, the query and the headers as they came', async () => {
    const event = await http('/v1/raw/p%201/generate?x=1&x=2', { method: 'DELETE', headers: { 'X-Thing': 'a' } })
    assert.equal(event['method'], 'DELETE')
    assert.equal(event['path'], '/p%201/generate')
    assert.equal(event['queryString'], 'x=1&x=2')
    assert.equal(event['body'], '')
    assert.equal(event['isBase64Encoded'], false)
    const headers = event['headers'] as Record<string, string>
    assert.equal(headers['x-thing'], 'a')
    assert.equal(headers['host'], new URL(stage.url).host)
    assert.equal(headers['x-forwarded-proto'], 'http')
    assert.match(headers['x-request-id'] ?? '', /^\w{32}$/)
  })

  it('merges bound parameters into the event, and leaves the path empty when nothing follows the name', async () => {
    const event = (await (await stage.call('/v1/raw')).json()) as { bound: number; http: { path: string } }
    assert.equal(event.bound, 1)
    assert.equal(event.http.path, '')
  })

  for (const [type, body, sent, encoded] of [
    ['application/json', '{"a":1}', 'eyJhIjoxfQ==', true],
    ['application/json; charset=utf-8', '{"a":1}', 'eyJhIjoxfQ==', true],
    ['application/problem+json', '{"a":1}', '{"a":1}', false],
    ['text/plain', 'grüß', 'grüß', false],
    ['application/x-www-form-urlencoded', 'a=1', 'a=1', false],
    ['application/octet-stream', 'abc', 'YWJj', true],
    ['application/x-unheard-of', 'abc', 'YWJj', true],
    ['image/svg+xml', '<svg/>', 'PHN2Zy8+', true],
  ] as const) {
    it(`sends a raw body of type ${type} as ${encoded ? 'base64' : 'text'}`, async () => {
      const event = await http('/v1/raw', { method: 'POST', body, headers: { 'content-type': type } })
      assert.deepEqual([event['body'], event['isBase64Encoded']], [sent, encoded])
    })
  }

  it('sends a raw body without a type as base64', async () => {
    const event = await http('/v1/raw', { method: 'POST', body: new Uint8Array([0, 255]) })
    assert.deepEqual([event['body'], event['isBase64Encoded']], ['AP8=', true])
  })

  it('merges query and JSON body into the event of a parsed function, the body last', async () => {
    const headers = { 'content-type': 'application/json' }
    const answer = await stage.call('/v1/parsed/rest?a=1&a=2&b=q', { method: 'POST', headers, body: '{"b":{"c":3}}' })
    const { http: request, ...event } = (await answer.json()) as { http: Record<string, unknown> }
    assert.deepEqual(event, { bound: 1, a: '2', b: { c: 3 } })
    assert.deepEqual(Object.keys(request), ['headers', 'method', 'path'])
    assert.equal(request['path'], '/rest')
  })

  it('merges form fields, and puts any other body under __ow_body', async () => {
    const form = await stage.call('/v1/parsed', { method: 'POST', body: new URLSearchParams({ a: 'x y' }) })
    assert.equal(((await form.json()) as { a: string }).a, 'x y')
    const text = await stage.call('/v1/parsed', { method: 'POST', body: 'hello' })
    assert.equal(((await text.json()) as { __ow_body: string }).__ow_body, 'hello')
    const headers = { 'content-type': 'application/json' }
    const list = await stage.call('/v1/parsed', { method: 'POST', body: '[1]', headers })
    assert.deepEqual(((await list.json()) as { __ow_body: unknown }).__ow_body, [1])
  })

  for (const name of ['bound', 'SECRET', 'REGION', 'http', '__ow_path']) {
    it(`refuses a parsed request that names ${name}`, async () => {
      const answer = await stage.call(`/v1/parsed?${name}=1`)
      assert.equal(answer.status, 400)
      assert.match(await answer.text(), /parameters that are not allowed/)
    })
  }

  it('lets a raw request name anything', async () => {
    assert.equal((await stage.call('/v1/raw?bound=2&SECRET=3')).status, 200)
  })

  it('refuses a parsed body that is not the JSON it claims to be', async () => {
    const headers = { 'content-type': 'application/json' }
    assert.equal((await stage.call('/v1/parsed', { method: 'POST', body: '{', headers })).status, 400)
  })

  it('hides functions that are not for the web, like those that do not exist', async () => {
    for (const path of ['/v1/hidden', '/v1/nothing', '/nowhere/raw', '/raw']) {
      const answer = await stage.call(path)
      assert.equal(answer.status, 404, path)
      assert.match(await answer.text(), /does not exist/)
    }
  })

  it('answers under the namespace address too, for its own namespace only', async () => {
    assert.equal((await stage.call(`/v1/web/${stage.namespace}/v1/raw/x`)).status, 200)
    assert.equal((await stage.call(`/v1/web/${stage.namespace}/default/alone/html`)).status, 200)
    assert.equal((await stage.call('/v1/web/fn-other/v1/raw/x')).status, 404)
  })

  it('asks for the key of a secured function, save for OPTIONS', async () => {
    assert.equal((await stage.call('/v1/locked')).status, 401)
    assert.equal((await stage.call('/v1/locked', { headers: { 'x-require-whisk-auth': 'wrong' } })).status, 401)
    assert.equal((await stage.call('/v1/locked', { headers: { 'x-require-whisk-auth': 'open-sesame' } })).status, 200)
    assert.equal((await stage.call('/v1/locked', { method: 'OPTIONS' })).status, 200)
  })

  it('answers OPTIONS itself and lets every origin in, unless the function asked for its own', async () => {
    const headers = { 'access-control-request-headers': 'x-mine' }
    const options = await stage.call('/v1/raw', { method: 'OPTIONS', headers })
    assert.equal(await options.text(), '')
    assert.equal(options.headers.get('access-control-allow-origin'), '*')
    assert.equal(options.headers.get('access-control-allow-headers'), 'x-mine')
    assert.match(options.headers.get('access-control-allow-methods') ?? '', /PATCH/)
    assert.equal((await stage.call('/v1/raw')).headers.get('access-control-allow-origin'), '*')
    const own = await stage.call('/v1/own-cors', { method: 'OPTIONS' })
    assert.equal(await own.text(), 'OPTIONS')
    assert.equal(own.headers.get('access-control-allow-origin'), null)
  })

  it('sends the CORS header twice when a function sets one without custom options', async () => {
    assert.equal((await answerOf('/cors')).headers.get('access-control-allow-origin'), '*, https://mine')
    assert.equal((await stage.call('/v1/own-cors/cors')).headers.get('access-control-allow-origin'), 'https://mine')
  })

  for (const [path, status, type, body] of [
    ['/object', 200, 'application/json', '{"a":1}'],
    ['/problem', 404, 'application/problem+json', '{"code":"gone"}'],
    ['/html', 200, 'text/html; charset=UTF-8', '<p>hi'],
    ['/text', 201, 'text/plain', 'made'],
    ['/own-framing', 200, 'text/html; charset=UTF-8', 'whole'],
    ['/empty', 204, null, ''],
    ['/throw', 204, null, ''],
    ['/error', 418, 'text/html; charset=UTF-8', 'teapot'],
  ] as const) {
    it(`encodes the result of ${path} as ${status} ${type ?? 'without a body'}`, async () => {
      const answer = await answerOf(path)
      assert.equal(answer.status, status)
      assert.equal(answer.headers.get('content-type'), type)
      assert.equal(await answer.text(), body)
      assert.match(answer.headers.get('x-openwhisk-activation-id') ?? '', /^\w{32}$/)
    })
  }

  it('decodes base64 for binary types, and for JSON strings that look like it', async () => {
    assert.deepEqual(Buffer.from(await (await answerOf('/png')).arrayBuffer()), Buffer.from([137, 80, 0, 255]))
    assert.deepEqual(Buffer.from(await (await answerOf('/json-string')).arrayBuffer()), Buffer.from('true', 'base64'))
  })

  it('sends every value of a header that is a list, and makes text of numbers and flags', async () => {
    const { headers } = await answerOf('/cookies')
    assert.deepEqual(headers.getSetCookie(), ['a=1', 'b=2'])
    assert.deepEqual([headers.get('x-number'), headers.get('x-flag')], ['3', 'true'])
  })

  for (const path of [
    '/object-as-text',
    '/bad-png',
    '/bad-status',
    '/bad-header',
    '/bad-header-text',
    '/error-text',
    '/string',
  ]) {
    it(`answers 400 to the unusable result of ${path}`, async () => {
      assert.equal((await answerOf(path)).status, 400)
    })
  }

  it('shows the whole result as JSON, or a part of it, when the name has an extension', async () => {
    const json = await stage.call('/default/alone.json/text')
    assert.deepEqual(await json.json(), { headers: { 'Content-Type': 'text/plain' }, statusCode: '201', body: 'made' })
    assert.equal((await stage.call('/default/alone.http/text')).status, 201)
    const html = await stage.call('/default/alone.html/text')
    assert.deepEqual([html.status, html.headers.get('content-type')], [200, 'text/html; charset=UTF-8'])
    assert.equal(await (await stage.call('/default/alone.text/object')).text(), '{\n  "a": 1\n}')
    assert.equal((await stage.call('/default/alone.svg/object')).status, 400)
    assert.match(await (await stage.call('/default/alone.json/throw')).text(), /"message":"boom"/)
  })

  it('sends no body to HEAD, and the length of what it would have been', async () => {
    const answer = await answerOf('/html', { method: 'HEAD' })
    assert.deepEqual([answer.status, answer.headers.get('content-length'), await answer.text()], [200, '5', ''])
  })
})
