import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import type { ActivationRecord, FunctionLog } from '../../../local/functions/index.ts'
import { openStage, until } from './stage.ts'

const project = `
packages:
  - name: jobs
    web: false
    functions:
      - name: work
        parameters: { bound: 1 }
        environment: { SECRET: x }
        limits: { timeout: 5000, logs: 1 }
        triggers:
          - { name: every-minute, type: SCHEDULED, scheduledDetails: { cron: "* * * * *", body: { job: sweep } } }
`
const work = `
const { existsSync } = require('node:fs')
const pause = (ms) => new Promise((done) => setTimeout(done, ms))
exports.main = async ({ wait = 0, gate, fail, print = 0, ...event }) => {
  console.log('started', event.job)
  console.error('complains')
  for (let line = 0; line < print; line += 1) console.log('x'.repeat(99))
  await pause(wait)
  while (gate && !existsSync(gate)) await pause(20)
  if (fail) throw new Error('boom')
  return { event }
}`
const code = { 'jobs/work': work }
const invokePath = '/actions/jobs/work'
const post = (stage: { apiKey: string }, body: unknown): RequestInit => ({
  method: 'POST',
  headers: {
    authorization: `Basic ${Buffer.from(stage.apiKey).toString('base64')}`,
    'content-type': 'application/json',
  },
  body: JSON.stringify(body),
})

it('invokes without waiting, and shows the record once the function has ended', async (context) => {
  const stage = await openStage(context, { project, code })
  const gate = join(stage.folder, 'gate')
  const answer = await stage.rest(`${invokePath}?blocking=false`, post(stage, { job: 'a', wait: 400, gate }))
  assert.equal(answer.status, 202)
  const { activationId, ...others } = (await answer.json()) as { activationId: string }
  assert.deepEqual(others, {})
  assert.equal((await stage.rest(`/activations/${activationId}`)).status, 404)
  writeFileSync(gate, '')
  const record = await until('the record', async () => {
    const shown = await stage.rest(`/activations/${activationId}`)
    return shown.status === 200 && ((await shown.json()) as ActivationRecord)
  })
  assert.deepEqual(record.response, { status: 'success', success: true, result: { event: { bound: 1, job: 'a' } } })
  assert.ok(record.duration >= 390, `took ${record.duration} ms`)
  assert.equal(record.name, 'work')
  const lines = record.logs.map((line) => line.replace(/^\S+ /, '')).sort()
  assert.deepEqual(lines, ['stderr: complains', 'stdout: started a'])
})

it('waits when asked to, and gives the record or the result alone', async (context) => {
  const stage = await openStage(context, { project, code })
  const whole = await stage.rest(`${invokePath}?blocking=true`, post(stage, { job: 'a' }))
  assert.equal(whole.status, 200)
  assert.equal(((await whole.json()) as ActivationRecord).response.success, true)
  const result = await stage.rest(`${invokePath}?blocking=true&result=true`, post(stage, { job: 'a' }))
  assert.deepEqual(await result.json(), { event: { bound: 1, job: 'a' } })
})

it('answers 502 with the error when an awaited function throws', async (context) => {
  const stage = await openStage(context, { project, code })
  const answer = await stage.rest(`${invokePath}?blocking=true&result=true`, post(stage, { fail: true }))
  assert.equal(answer.status, 502)
  const { error } = (await answer.json()) as { error: { name: string; message: string } }
  assert.deepEqual([error.name, error.message], ['Error', 'boom'])
})

it('answers 202 when an awaited function takes too long', async (context) => {
  const stage = await openStage(context, { project, code, options: { limits: { blockMs: 50 } } })
  const answer = await stage.rest(`${invokePath}?blocking=true`, post(stage, { wait: 300 }))
  assert.equal(answer.status, 202)
  const { activationId } = (await answer.json()) as { activationId: string }
  await until('the record', () => stage.activations.get(activationId))
})

it('asks for the key, and knows only its own namespace and functions', async (context) => {
  const stage = await openStage(context, { project, code })
  const wrong = { method: 'POST', headers: { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` } }
  assert.equal((await stage.rest(invokePath, { method: 'POST', headers: {} })).status, 401)
  assert.equal((await stage.rest(invokePath, wrong)).status, 401)
  assert.equal((await stage.rest('/actions/jobs/none', post(stage, {}))).status, 404)
  const other = await fetch(`${stage.url}/api/v1/namespaces/fn-other${invokePath}`, post(stage, {}))
  assert.equal(other.status, 404)
  assert.equal((await stage.rest(invokePath)).status, 405)
})

it('refuses payloads that are no object, or name what project.yml binds', async (context) => {
  const stage = await openStage(context, { project, code })
  for (const payload of [[1], 'x', { bound: 2 }, { SECRET: 'y' }]) {
    assert.equal((await stage.rest(invokePath, post(stage, payload))).status, 400, JSON.stringify(payload))
  }
  assert.equal((await stage.rest(invokePath, post(stage, { much: 'x'.repeat(1024 * 1024) }))).status, 413)
})

it('keeps no record of an awaited call that went well, as the platform keeps none', async (context) => {
  const stage = await openStage(context, { project, code })
  const done = await stage.rest(`${invokePath}?blocking=true`, post(stage, {}))
  const { activationId } = (await done.json()) as ActivationRecord
  assert.equal((await stage.rest(`/activations/${activationId}`)).status, 404)
})

it('cuts the logs of an activation at its limit, and passes every kept line on', async (context) => {
  const seen: FunctionLog[] = []
  const stage = await openStage(context, { project, code, options: { onLog: (line) => seen.push(line) } })
  const record = await stage.invoke('jobs/work', { print: 50 })
  assert.ok(record.logs.length < 14, `${record.logs.length} lines`)
  assert.match(record.logs.join('\n'), /Logs were truncated/)
  assert.equal(seen.length, record.logs.length)
  assert.equal(seen[0]?.function, 'jobs/work')
  assert.equal(seen[0]?.activationId, record.activationId)
  const next = await stage.invoke('jobs/work', {})
  assert.equal(next.logs.length, 2)
})

it('tells the log why a function failed, which its caller does not learn', async (context) => {
  const seen: FunctionLog[] = []
  const stage = await openStage(context, { project, code, options: { onLog: (line) => seen.push(line) } })
  await stage.invoke('jobs/work', { fail: true })
  assert.match(seen.find(({ stream }) => stream === 'platform')?.text ?? '', /"message":"boom"/)
})

it('fires a trigger with its body, as often as asked, one run beside the other', async (context) => {
  const stage = await openStage(context, { project, code })
  const records = await Promise.all([stage.fireSchedule('every-minute'), stage.fireSchedule('every-minute')])
  for (const { response } of records) assert.deepEqual(response.result, { event: { bound: 1, job: 'sweep' } })
  assert.equal(stage.containers().length, 2)
})

it('fires the triggers that are due at the start of a minute, by itself', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.UTC(2026, 0, 1, 0, 0, 59, 500) })
  const seen: string[] = []
  const options = { schedules: true, onLog: ({ text }: FunctionLog) => void seen.push(text) }
  const stage = await openStage(context, { project, code, options })
  context.mock.timers.tick(499)
  assert.equal(stage.containers().length, 0)
  context.mock.timers.tick(1)
  assert.equal(stage.containers().length, 1)
  context.mock.timers.reset()
  await until('the run', () => seen.includes('started sweep'))
})
