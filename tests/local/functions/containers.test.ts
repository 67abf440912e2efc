import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { isAlive, openStage, until, writeCode } from './stage.ts'
import type { Stage } from './stage.ts'

const one = (settings: string) => `packages: [{ name: v1, functions: [{ name: probe, web: raw, ${settings} }] }]`

const probe = `
let runs = 0
let late = 'nothing'
exports.main = async ({ http }, context) => {
  runs += 1
  const wait = (ms) => new Promise((done) => setTimeout(done, ms))
  const behave = {
    '/slow': () => wait(300),
    '/forever': () => new Promise(() => {}),
    '/spin': () => { for (;;); },
    '/exit': () => process.exit(0),
    '/heap': () => { const all = []; for (;;) all.push(new Array(10000).fill(Math.random())) },
    '/buffers': async () => { const all = []; for (;;) { all.push(Buffer.alloc(8e6, 1)); await wait(5) } },
    '/stray': () => { setTimeout(() => Promise.reject(new Error('stray')), 1) },
    '/leave-work': () => { late = 'pending'; setTimeout(() => { late = 'done' }, 300) },
    '/late': () => ({ body: { late } }),
    '/env': () => ({ body: { ...process.env, pid: process.pid } }),
    '/context': () => ({ body: { ...context, left: context.getRemainingTimeInMillis() } }),
    '/big': () => ({ body: 'x'.repeat(1024 * 1024) }),
    '/nearly-big': () => ({ body: 'x'.repeat(1024 * 1024 - 100) }),
  }
  return (await behave[http.path]?.()) ?? { body: { runs, pid: process.pid } }
}`

type Seen = { runs: number; pid: number }

async function failureOf(stage: Stage): Promise<string> {
  return JSON.stringify(await until('the record', () => stage.activations.list()[0]?.response.result))
}

it('keeps a container, and what its module holds, from one call to the next', async (context) => {
  const stage = await openStage(context, { project: one('limits: { timeout: 5000 }'), code: { 'v1/probe': probe } })
  const first = (await (await stage.call('/v1/probe')).json()) as Seen
  const second = (await (await stage.call('/v1/probe')).json()) as Seen
  assert.deepEqual([first.runs, second.runs], [1, 2])
  assert.equal(first.pid, second.pid)
})

it('gives every parallel call a container of its own', async (context) => {
  const stage = await openStage(context, { project: one('limits: { timeout: 5000 }'), code: { 'v1/probe': probe } })
  const answers = await Promise.all(
    [1, 2, 3].map(async () => (await stage.call('/v1/probe/slow')).json() as Promise<Seen>),
  )
  assert.deepEqual(
    answers.map(({ runs }) => runs),
    [1, 1, 1],
  )
  assert.equal(new Set(answers.map(({ pid }) => pid)).size, 3)
  assert.equal(stage.containers().length, 3)
})

it('gives a container the variables of project.yml and its own, and nothing of ours', async (context) => {
  process.env['OUR_SECRET'] = 'must not leak'
  context.after(() => delete process.env['OUR_SECRET'])
  const project = `
environment: { FROM_PROJECT: p }
packages:
  - name: v1
    environment: { FROM_PACKAGE: "\${GIVEN}" }
    functions: [{ name: probe, web: raw, limits: { timeout: 5000 }, environment: $(GIVEN QUOTED) }]
`
  const env = { GIVEN: 'g', QUOTED: '"a\\b" # c: d', NOT_NAMED: 'n' }
  const stage = await openStage(context, { project, code: { 'v1/probe': probe }, options: { env } })
  const seen = (await (await stage.call('/v1/probe/env')).json()) as Record<string, string>
  const { FROM_PROJECT, FROM_PACKAGE, GIVEN, QUOTED } = seen
  assert.deepEqual([FROM_PROJECT, FROM_PACKAGE, GIVEN, QUOTED], ['p', 'g', 'g', '"a\\b" # c: d'])
  assert.deepEqual([seen['__OW_API_HOST'], seen['__OW_NAMESPACE']], [stage.url, 'fn-local'])
  assert.equal(seen['__OW_ACTION_NAME'], '/fn-local/v1/probe')
  const given = ['pid', 'FROM_PROJECT', 'FROM_PACKAGE', 'GIVEN', 'QUOTED', 'PATH', 'HOME']
  assert.deepEqual(
    Object.keys(seen)
      .filter((name) => !name.startsWith('__OW_'))
      .sort(),
    given.sort(),
  )
})

it('tells the function about its activation and the time it has left', async (context) => {
  const stage = await openStage(context, { project: one('limits: { timeout: 5000 }'), code: { 'v1/probe': probe } })
  const answer = await stage.call('/v1/probe/context')
  const seen = (await answer.json()) as Record<string, unknown>
  assert.equal(seen['activationId'], answer.headers.get('x-openwhisk-activation-id'))
  assert.equal(seen['functionName'], '/fn-local/v1/probe')
  assert.equal(seen['apiKey'], '')
  const left = Number(seen['left'])
  assert.ok(left > 0 && left < 5_000, `${left} ms left`)
})

for (const path of ['/forever', '/spin']) {
  it(`kills a function at its time limit: ${path}`, async (context) => {
    const stage = await openStage(context, { project: one('limits: { timeout: 400 }'), code: { 'v1/probe': probe } })
    const started = performance.now()
    const answer = await stage.call(`/v1/probe${path}`)
    const took = performance.now() - started
    assert.equal(answer.status, 400)
    assert.match(await answer.text(), /There was an error processing your request/)
    assert.ok(took >= 390, `took ${took} ms`)
    assert.deepEqual(stage.containers(), [])
    const record = await until('its record', () => stage.activations.list()[0])
    assert.deepEqual(record.response.result, { error: 'The function exceeded its time limits of 400 milliseconds.' })
  })
}

it('counts the loading of the bundle against the time limit', async (context) => {
  const code = { 'v1/probe': 'for (;;);' }
  const stage = await openStage(context, { project: one('limits: { timeout: 300 }'), code })
  assert.equal((await stage.call('/v1/probe')).status, 400)
})

for (const [path, reason] of [
  ['/heap', /exited unexpectedly|exceeded its memory limit of 128 MB/],
  ['/buffers', /exceeded its memory limit of 128 MB/],
] as const) {
  it(`kills a function that takes more memory than it may: ${path}`, async (context) => {
    const project = one('limits: { timeout: 20000, memory: 128 }')
    const stage = await openStage(context, { project, code: { 'v1/probe': probe } })
    assert.equal((await stage.call(`/v1/probe${path}`)).status, 400)
    assert.match(await failureOf(stage), reason)
    assert.equal((await stage.call('/v1/probe')).status, 200)
  })
}

it('answers an exit in the middle as a failure, and serves the next call from a new container', async (context) => {
  const stage = await openStage(context, { project: one('limits: { timeout: 5000 }'), code: { 'v1/probe': probe } })
  assert.equal((await stage.call('/v1/probe/exit')).status, 400)
  assert.equal(((await (await stage.call('/v1/probe')).json()) as Seen).runs, 1)
})

it('loses a container to a rejection that nobody awaits', async (context) => {
  const options = { limits: { pauseMs: 5_000 } }
  const project = one('limits: { timeout: 5000 }')
  const stage = await openStage(context, { project, code: { 'v1/probe': probe }, options })
  assert.equal((await stage.call('/v1/probe/stray')).status, 200)
  await until('the container to be gone', () => stage.containers().length === 0)
  assert.equal(((await (await stage.call('/v1/probe')).json()) as Seen).runs, 1)
})

it('freezes a container after its answer, so that work left behind does not go on', async (context) => {
  const project = one('limits: { timeout: 5000 }')
  const stage = await openStage(context, { project, code: { 'v1/probe': probe } })
  await stage.call('/v1/probe/leave-work')
  const [container] = await until('the container to be frozen', () => {
    const all = stage.containers()
    return all[0]?.state === 'frozen' && all
  })
  const state = readFileSync(`/proc/${container?.pid}/stat`, 'utf8').split(') ')[1]?.[0]
  assert.equal(state, 'T')
  const answer = (await (await stage.call('/v1/probe/late')).json()) as { late: string }
  assert.equal(answer.late, 'pending')
})

it('ends a container that nobody has called for long', async (context) => {
  const options = { limits: { idleMs: 150 } }
  const project = one('limits: { timeout: 5000 }')
  const stage = await openStage(context, { project, code: { 'v1/probe': probe }, options })
  const { pid } = (await (await stage.call('/v1/probe')).json()) as Seen
  await until('the idle container to end', () => stage.containers().length === 0 && !isAlive(pid))
})

it('serves a bundle that was built anew from a new container', async (context) => {
  const stage = await openStage(context, { project: one('limits: { timeout: 5000 }'), code: { 'v1/probe': probe } })
  await stage.call('/v1/probe')
  writeCode(stage.folder, 'v1/probe', `exports.main = () => ({ body: 'anew' })`)
  assert.equal(await (await stage.call('/v1/probe')).text(), 'anew')
})

for (const [kind, code] of [
  [
    'a local main beside other exports',
    'function main() { return { body: "right" } } exports.main = () => ({ body: "wrong" })',
  ],
  [
    'an IIFE with a footer',
    'var f = (() => ({ main: () => ({ body: "right" }) }))(); function main(e, c) { return f.main(e, c) }',
  ],
  ['an ES module', 'import "node:fs"; export const main = () => ({ body: "right" })'],
  [
    'a bundle that requires',
    'const { join } = require("node:path"); exports.main = async () => ({ body: join("right") })',
  ],
  ['a bundle that imports late', 'exports.main = async () => ({ body: (await import("node:path")).join("right") })'],
] as const) {
  it(`loads ${kind}`, async (context) => {
    const stage = await openStage(context, { project: one('limits: { timeout: 5000 }'), code: { 'v1/probe': code } })
    assert.equal(await (await stage.call('/v1/probe')).text(), 'right')
  })
}

it('says why a bundle does not load', async (context) => {
  const stage = await openStage(context, {
    project: one('limits: { timeout: 5000 }'),
    code: { 'v1/probe': 'syntax error' },
  })
  assert.equal((await stage.call('/v1/probe')).status, 400)
  assert.match(await failureOf(stage), /Initialization has failed due to.*SyntaxError/)
})

it('refuses more than 1 MB, sent with a length or without one, before any container runs', async (context) => {
  const stage = await openStage(context, { project: one('limits: { timeout: 5000 }'), code: { 'v1/probe': probe } })
  const body = 'x'.repeat(1024 * 1024 + 1)
  assert.equal((await stage.call('/v1/probe', { method: 'POST', body })).status, 413)
  assert.equal((await stage.call('/v1/probe', { method: 'POST', body: body.repeat(5) })).status, 413)
  const stream = new Blob([body]).stream()
  assert.equal(
    (await stage.call('/v1/probe', { method: 'POST', body: stream, duplex: 'half' } as RequestInit)).status,
    413,
  )
  assert.deepEqual(stage.containers(), [])
  assert.equal((await stage.call('/v1/probe', { method: 'POST', body: body.slice(1) })).status, 200)
})

it('fails a result of more than 1 MB', async (context) => {
  const stage = await openStage(context, { project: one('limits: { timeout: 5000 }'), code: { 'v1/probe': probe } })
  assert.equal((await stage.call('/v1/probe/big')).status, 400)
  assert.match(await failureOf(stage), /1048576 are allowed/)
  assert.equal((await stage.call('/v1/probe/nearly-big')).status, 200)
})

it('answers 202 when a function takes longer than a caller may wait, while it runs on', async (context) => {
  const options = { limits: { blockMs: 100 } }
  const project = one('limits: { timeout: 5000 }')
  const stage = await openStage(context, { project, code: { 'v1/probe': probe }, options })
  const answer = await stage.call('/v1/probe/slow')
  assert.equal(answer.status, 202)
  assert.match(await answer.text(), /Response not yet ready/)
  const id = answer.headers.get('x-openwhisk-activation-id') ?? ''
  const record = await until('its record', () => stage.activations.get(id))
  assert.equal(record.response.success, true)
})

it('refuses calls beyond the number a minute, and beyond the number at once', async (context) => {
  const project = one('limits: { timeout: 5000 }')
  const scene = { project, code: { 'v1/probe': probe } }
  const often = await openStage(context, { ...scene, options: { limits: { perMinute: 2 } } })
  const statuses = []
  for (let call = 0; call < 3; call += 1) statuses.push((await often.call('/v1/probe')).status)
  assert.deepEqual(statuses, [200, 200, 429])
  const many = await openStage(context, { ...scene, options: { limits: { concurrent: 2 } } })
  const answers = await Promise.all([1, 2, 3].map(() => many.call('/v1/probe/slow')))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 429])
  assert.equal((await many.call('/v1/probe')).status, 200)
})

it('leaves no process behind when it stops, frozen ones neither', async (context) => {
  const stage = await openStage(context, { project: one('limits: { timeout: 5000 }'), code: { 'v1/probe': probe } })
  const { pid } = (await (await stage.call('/v1/probe')).json()) as Seen
  await until('the container to be frozen', () => stage.containers()[0]?.state === 'frozen')
  const hanging = stage.call('/v1/probe/forever').catch(() => 'cut')
  await until('the second run', () => stage.containers().some(({ state }) => state === 'busy'))
  await stage.stop()
  assert.equal(await hanging, 'cut')
  assert.equal(isAlive(pid), false)
})

it('leaves no container behind when the runner itself is killed', async (context) => {
  const stage = await openStage(context, { project: one('limits: { timeout: 5000 }'), code: { 'v1/probe': probe } })
  const program = `
    import { startFunctions } from ${JSON.stringify(join(import.meta.dirname, '../../../local/functions/index.ts'))}
    const [projectFile, bundlesDir] = process.argv.slice(1)
    const runner = await startFunctions({ projectFile, bundlesDir, env: {}, port: 0 })
    console.log(await (await fetch(runner.url + '/api/v1/probe/env')).text())`
  const args = ['--input-type=module', '-e', program, join(stage.folder, 'project.yml'), join(stage.folder, 'packages')]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  context.after(() => child.kill('SIGKILL'))
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))))
  const { HOME: scratch = '', pid } = JSON.parse(line) as { HOME?: string; pid: number }
  await until('the container to be frozen', () => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') T '))
  child.kill('SIGKILL')
  await until('the container to be gone', () => !isAlive(pid))
  await until('its folder to be gone', () => !existsSync(scratch))
})
