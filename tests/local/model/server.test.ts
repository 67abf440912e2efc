import Anthropic from '@anthropic-ai/sdk'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SCRIPTED_MODEL, startModel } from '../../../local/model/start.ts'
import type { Fault } from '../../../local/model/start.ts'

const key = 'test-key'
const toolNames = ['bash', 'read', 'write', 'edit', 'glob', 'grep']
const tools = toolNames.map((name) => ({ name, input_schema: { type: 'object' as const } }))
const system = 'You build apps.\nProject root: /home/app/project\nTemplate: react\n'
const prompt = { role: 'user' as const, content: 'a habit tracker' }
const asked = { model: SCRIPTED_MODEL, max_tokens: 8000, system, tools, messages: [prompt] }

async function start(latency = 0, fault: () => Fault | undefined = () => undefined) {
  const model = await startModel({ port: 0, apiKey: key, latency, fault })
  const client = new Anthropic({ baseURL: model.url, apiKey: key, maxRetries: 0 })
  return { ...model, client, [Symbol.asyncDispose]: model.stop }
}

const post = (url: string, body: string, headers: Record<string, string> = { 'x-api-key': key }) =>
  fetch(`${url}/v1/messages`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })

test('a streamed reply says the same as a plain one', async () => {
  await using model = await start()
  const plain = await model.client.messages.create(asked)
  const streamed = await model.client.messages.stream(asked).finalMessage()

  const without = (content: Anthropic.ContentBlock[]) => content.map((block) => ({ ...block, id: '' }))
  assert.deepEqual(without(streamed.content), without(plain.content))
  assert.equal(streamed.stop_reason, 'tool_use')
  assert.deepEqual(streamed.usage, plain.usage)
  assert.deepEqual(
    plain.content.map((block) => (block.type === 'tool_use' ? block.name : block.type)),
    ['text', 'glob', 'read', 'read', 'read'],
  )
})

test('usage grows with what is sent and what is said', async () => {
  await using model = await start()
  const short = await model.client.messages.create(asked)
  const long = await model.client.messages.create({ ...asked, system: system + 'x'.repeat(4000) })
  const said = JSON.stringify(short.content).length

  assert.equal(long.usage.input_tokens - short.usage.input_tokens, 1000)
  assert.ok(
    short.usage.output_tokens > said / 12 && short.usage.output_tokens < said / 3,
    String(short.usage.output_tokens),
  )
  assert.equal((await model.client.messages.countTokens(asked)).input_tokens, short.usage.input_tokens)
})

test('a reply takes about as long as it was told to', async () => {
  await using model = await start(300)
  const began = performance.now()
  await model.client.messages.stream(asked).finalMessage()
  const took = performance.now() - began
  assert.ok(took > 250 && took < 10_000, `${took} ms`)
})

test('a reply that does not fit is cut at max_tokens', async () => {
  await using model = await start()
  const reply = await model.client.messages.create({ ...asked, max_tokens: 5 })
  assert.equal(reply.stop_reason, 'max_tokens')
  assert.ok(reply.usage.output_tokens <= 5)
})

test('what is no request is answered politely, and says that no model spoke', async () => {
  await using model = await start()
  for (const content of ['hello', '?', '...', 'ok']) {
    const reply = await model.client.messages.create({ ...asked, messages: [{ role: 'user', content }] })
    assert.equal(reply.stop_reason, 'end_turn')
    assert.match(
      reply.content[0]?.type === 'text' ? reply.content[0].text : '',
      /^Hello\..*This was a scripted demo, no model\.$/s,
    )
  }
})

const refused: [what: string, status: number, type: string, send: (url: string) => Promise<Response>][] = [
  ['a wrong key', 401, 'authentication_error', (url) => post(url, JSON.stringify(asked), { 'x-api-key': 'wrong-ky' })],
  ['no key', 401, 'authentication_error', (url) => post(url, JSON.stringify(asked), {})],
  ['an unknown model', 404, 'not_found_error', (url) => post(url, JSON.stringify({ ...asked, model: 'other-1' }))],
  ['what is not JSON', 400, 'invalid_request_error', (url) => post(url, '{"model":')],
  ['no messages', 400, 'invalid_request_error', (url) => post(url, JSON.stringify({ ...asked, messages: [] }))],
  ['another path', 404, 'not_found_error', (url) => fetch(`${url}/v1/files`, { headers: { 'x-api-key': key } })],
]

for (const [what, status, type, send] of refused) {
  test(`${what} is refused as Anthropic refuses it`, async () => {
    await using model = await start()
    const response = await send(model.url)
    assert.equal(response.status, status)
    const body = (await response.json()) as { type: string; error: { type: string; message: string } }
    assert.equal(body.type, 'error')
    assert.equal(body.error.type, type)
    assert.ok(!JSON.stringify(body).includes(key))
  })
}

test('the key is taken as a bearer token too', async () => {
  await using model = await start()
  const response = await post(model.url, JSON.stringify(asked), { authorization: `Bearer ${key}` })
  assert.equal(response.status, 200)
})

for (const [fault, status] of [
  ['rate_limit_error', 429],
  ['overloaded_error', 529],
  ['api_error', 500],
] as const) {
  test(`a ${fault} can be asked for, once`, async () => {
    const faults: Fault[] = [fault]
    await using model = await start(0, () => faults.shift())
    await assert.rejects(model.client.messages.create(asked), { status, type: fault })
    assert.equal((await model.client.messages.create(asked)).stop_reason, 'tool_use')
  })
}

test('a stream can be cut half way', async () => {
  await using model = await start(100, () => 'cut')
  const texts: string[] = []
  const stream = model.client.messages.stream(asked).on('text', (text) => texts.push(text))
  await assert.rejects(stream.finalMessage())
  assert.ok(texts.length > 0)
})

test('a conversation that is replayed from its record goes on with the step that is missing', async () => {
  await using model = await start()
  const first = await model.client.messages.create(asked)
  const results = first.content.flatMap((block) =>
    block.type === 'tool_use'
      ? [{ type: 'tool_result' as const, tool_use_id: block.id, content: 'Your app will appear here' }]
      : [],
  )
  const record: Anthropic.MessageParam[] = [
    prompt,
    { role: 'assistant', content: first.content },
    { role: 'user', content: results },
  ]
  const pathsOf = async () => {
    const reply = await model.client.messages.create({ ...asked, messages: record })
    return reply.content.flatMap((block) =>
      block.type === 'tool_use' ? [(block.input as { file_path: string }).file_path] : [],
    )
  }
  const expected = ['src/types.ts', 'src/lib/days.ts', 'src/lib/streaks.ts', 'src/lib/use-stored.ts']
  assert.deepEqual(await pathsOf(), expected)
  assert.deepEqual(await pathsOf(), expected)
})

test('a file whose writing was refused is written once more, the others are not', async () => {
  await using model = await start()
  const call = (id: string, name: string, input: object) => ({ type: 'tool_use' as const, id, name, input })
  const result = (id: string, content: string, is_error = false) => ({
    type: 'tool_result' as const,
    tool_use_id: id,
    content,
    is_error,
  })
  const written = ['src/types.ts', 'src/lib/days.ts', 'src/lib/streaks.ts', 'src/lib/use-stored.ts']
  const reply = await model.client.messages.create({
    ...asked,
    messages: [
      prompt,
      { role: 'assistant', content: [call('a', 'glob', { pattern: 'src/**/*' })] },
      { role: 'user', content: [result('a', 'no matches')] },
      { role: 'assistant', content: written.map((path) => call(path, 'write', { file_path: path, content: 'x' })) },
      { role: 'user', content: written.map((path) => result(path, 'said', path === 'src/lib/days.ts')) },
    ],
  })
  const again = reply.content.flatMap((block) => (block.type === 'tool_use' ? [block.input] : []))
  assert.deepEqual(
    again.map((input) => (input as { file_path: string }).file_path),
    ['src/lib/days.ts'],
  )
})
