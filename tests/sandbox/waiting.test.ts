import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { openControlPlane } from '../../sandbox/runner/control-plane.ts'
import { BrokenReply, faultOf, type Fault } from '../../sandbox/runner/model/fault.ts'
import { openPatience } from '../../sandbox/runner/model/patience.ts'
import { relayFetch } from '../../sandbox/runner/model/relay-fetch.ts'
import { newId } from '../../lib/contract/ids.ts'
import { openControlPlane as openPlane } from './control-plane.ts'
import type { Answer, Answers } from './replies.ts'
import { openStage } from './stage.ts'

const overloaded = (status: number, retryAfter?: string): Answer => ({
  chunks: [
    {
      status,
      contentType: 'application/json',
      text: JSON.stringify({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    },
  ],
})
const limits = { steps: 10, seconds: 60, repairs: 3 }

/** A run with so many seconds for waiting, to its end. */
async function runOf(t: TestContext, replies: Answers[], { waiting = 1, fallbackModel = null as string | null } = {}) {
  const stage = await openStage(t, replies)
  const job = stage.jobOf({})
  const generation = job.generation && { ...job.generation, limits: { ...limits, waiting }, fallbackModel }
  await stage.run({ ...job, generation })
  const { seen } = stage.plane
  const progress = seen.events.flatMap(({ data }) => (data['progress'] ? [data['progress'] as Progress] : []))
  return { ends: seen.ends.map(({ outcome, failure, answer }) => ({ outcome, failure, answer })), progress, seen }
}
interface Progress {
  kind: string
  status?: number | null
  seconds?: number
  tries?: number
  model?: string
}
const of = (kind: string, progress: Progress[]) => progress.filter((one) => one.kind === kind)

test('an overloaded model is waited for as long as it asks, and the person is told', async (t) => {
  const { ends, progress } = await runOf(t, [{ tries: [overloaded(429, '1'), { text: 'Here.' }] }], { waiting: 5 })
  assert.deepEqual(ends, [{ outcome: 'succeeded', failure: null, answer: 'Here.' }])
  const [wait, ...more] = of('waiting', progress)
  assert.deepEqual([wait?.status, wait?.tries, more.length], [429, 1, 0])
  assert.ok((wait?.seconds ?? 0) >= 1 && (wait?.seconds ?? 9) <= 2, String(wait?.seconds))
})

test('a model that stays overloaded ends the run as unavailable', async (t) => {
  const { ends, seen } = await runOf(t, [overloaded(529)])
  assert.deepEqual(ends, [{ outcome: 'failed', failure: 'model_unavailable', answer: '' }])
  assert.ok(seen.asked.length >= 2)
})

test('another model steps in when the person allowed it, and stays', async (t) => {
  const stepped: Answers[] = [
    { tries: [overloaded(529, '30'), { calls: [{ tool: 'read', input: { file_path: 'index.html' } }] }] },
    { text: 'Seen.' },
  ]
  const { ends, progress, seen } = await runOf(t, stepped, { fallbackModel: 'scripted-mini' })
  assert.deepEqual(ends, [{ outcome: 'succeeded', failure: null, answer: 'Seen.' }])
  assert.deepEqual(of('fell_back', progress), [{ kind: 'fell_back', model: 'scripted-mini' }])
  assert.deepEqual(
    seen.asked.map(({ model }) => model),
    ['scripted-1', 'scripted-mini', 'scripted-mini'],
  )
})

test('garbage, and a call cut in its middle without a word, are asked for again and then given up', async (t) => {
  const begun =
    'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}\n\n'
  const call =
    'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"write","input":{}}}\n\n' +
    'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"file_path\\": \\"index.html\\", \\"content\\": \\"half"}}\n\n'
  for (const text of ['event: message_start\ndata: {"type": nonsense\n\n', begun + call, '']) {
    const { ends, seen } = await runOf(t, [{ chunks: [{ text }] }], { waiting: 20 })
    assert.deepEqual(ends, [{ outcome: 'failed', failure: 'model_unavailable', answer: '' }], text)
    assert.equal(seen.asked.length, 3)
    assert.equal(seen.uploads.length, 0)
  }
})

test('a model that only calls tools, or only reaches its limit of words, ends at the limit of steps', async (t) => {
  const calls = { calls: [{ tool: 'read', input: { file_path: 'index.html' } }] }
  for (const reply of [calls, { text: 'On and on', stop: 'max_tokens' }]) {
    const { ends, seen } = await runOf(
      t,
      Array.from({ length: 12 }, () => reply),
    )
    assert.deepEqual(ends[0]?.failure, 'too_many_steps')
    assert.equal(seen.asked.length, 10)
  }
})

test('a refusal of the model and of its vendor end the run with their reason', async (t) => {
  const refused = await runOf(t, [{ text: 'No.', stop: 'refusal' }])
  assert.deepEqual(refused.ends, [{ outcome: 'failed', failure: 'model_refused', answer: 'No.' }])
  const invalid = await runOf(t, [overloaded(400)])
  assert.deepEqual([invalid.ends[0]?.failure, invalid.seen.asked.length], ['platform_fault', 1])
})

test('a reply that falls silent is broken, and one that never begins too', async (t) => {
  const projectId = newId('project')
  const token = 'token'
  for (const chunks of [[], [{ text: 'event: ping\ndata: {}\n\n', done: false }]]) {
    const plane = await openPlane(t, { projectId, token, replies: [{ chunks }] })
    const fetch = relayFetch(openControlPlane({ api: plane.origin, token, onOver: () => undefined }), {
      mostSilence: 200,
    })
    const client = new Anthropic({ baseURL: 'http://relay', authToken: 'relay', fetch, maxRetries: 0 })
    const messages = [{ role: 'user' as const, content: 'hi' }]
    const reply = client.beta.messages.stream({ model: 'scripted-1', max_tokens: 10, messages }).finalMessage()
    const error: unknown = await reply.then(
      () => assert.fail('there was a reply'),
      (reason: unknown) => reason,
    )
    assert.deepEqual([faultOf(error).broken, faultOf(error).code], [true, 'model_unavailable'])
  }
})

const fault = (changes: Partial<Fault> = {}): Fault => ({
  status: 529,
  retryAfterMs: null,
  passing: true,
  broken: false,
  code: 'model_unavailable',
  ...changes,
})

test('waits grow at random up to twice the last, at most 20 s, and end with their budget', () => {
  const longest = openPatience(180_000, () => 1)
  const waits = Array.from({ length: 14 }, () => longest.next(fault()))
  assert.deepEqual(waits.slice(0, 6), [1_000, 2_000, 4_000, 8_000, 16_000, 20_000])
  assert.equal(waits.at(-1), undefined)
  assert.ok(waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0) <= 180_000)
  assert.equal(openPatience(180_000, () => 0).next(fault()), 200)
})

test('a wait that is asked for is kept to, within a minute; what will not pass is not waited for', () => {
  assert.equal(openPatience(180_000, () => 0).next(fault({ retryAfterMs: 7_000 })), 7_000)
  assert.equal(openPatience(180_000, () => 0).next(fault({ retryAfterMs: 600_000 })), 60_000)
  assert.equal(openPatience(5_000, () => 0).next(fault({ retryAfterMs: 7_000 })), undefined)
  assert.equal(openPatience(180_000).next(fault({ passing: false })), undefined)
  const broken = openPatience(180_000)
  assert.deepEqual(
    Array.from({ length: 3 }, () => broken.next(fault({ status: null, broken: true })) !== undefined),
    [true, true, false],
  )
  assert.equal(faultOf(new BrokenReply('cut')).broken, true)
})
