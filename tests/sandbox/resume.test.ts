import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { nothingElse } from '../../sandbox/runner/generate.ts'
import { startOf } from '../../sandbox/runner/app/processes.ts'
import { holderOf } from '../../sandbox/runner/turn-lock.ts'
import { openStage, until } from './stage.ts'

const write = (path: string, content: string) => ({ tool: 'write', input: { file_path: path, content } })
type Stage = Awaited<ReturnType<typeof openStage>>
const bash = (command: string) => ({ tool: 'bash', input: { command } })

test('a runner killed with its gateway in the middle of a tool goes on in the next attempt, nothing happens twice', async (t) => {
  const stage = await openStage(t, [
    { calls: [write('one.txt', 'one\n')] },
    { calls: [bash('echo line >> log.txt; touch ../in-the-tool; [ -e ../second ] || sleep 30')] },
    { text: 'Finished.' },
  ])
  const { plane, generationId } = stage
  const first = stage.start(stage.jobOf({}))
  const home = join(stage.root, 'home/app')
  await until(() => existsSync(join(home, 'in-the-tool')))
  await until(() => plane.objects.get(`/objects/transcripts/${generationId}`)?.toString().includes('in-the-tool'))
  killAll(stage, 'live.js')
  first.child.kill('SIGKILL')
  await first.ended
  assert.equal(readFileSync(join(stage.project, 'log.txt'), 'utf8'), 'line\n')
  writeFileSync(join(home, 'second'), '')

  const { code, said } = await stage.run(stage.jobOf({ generation: { ...generationOf(stage), attempt: 2 } }))
  assert.deepEqual({ code, said }, { code: 0, said: '' })
  assert.equal(plane.versions.length, 1)
  assert.equal(plane.fileOf(0, 'one.txt'), 'one\n')
  assert.equal(plane.fileOf(0, 'log.txt'), 'line\n')
  assert.equal(plane.seen.asked.length, 3)
  assert.equal(new Set(plane.seen.uploads).size, plane.seen.uploads.length)
  const later = plane.seen.events.filter(({ run }) => (run?.n ?? 0) > 1_000_000)
  assert.deepEqual(later[0]?.data['progress'], { kind: 'resumed', attempt: 2 })
  assert.equal(later[0]?.run?.n, 1_000_001)
  assert.deepEqual(plane.seen.ends, [
    {
      outcome: 'succeeded',
      failure: null,
      answer: 'Finished.',
      versionId: plane.versions[0]?.id,
      attempt: 2,
      ...nothingElse,
    },
  ])
})

test('a runner killed after its commit does not make a second version', async (t) => {
  const stage = await openStage(t, [{ calls: [write('one.txt', 'one\n')] }, { text: 'Finished.' }])
  const transcript = `/objects/transcripts/${stage.generationId}`
  await stage.run(stage.jobOf({}))
  const saved = JSON.parse(String(stage.plane.objects.get(transcript))) as { history: { kind: string }[] }
  const cut = { ...saved, history: saved.history.filter(({ kind }) => kind !== 'saved') }
  stage.plane.objects.set(transcript, Buffer.from(JSON.stringify(cut)))
  await stage.run(stage.jobOf({ generation: { ...generationOf(stage), attempt: 2 } }))
  assert.equal(stage.plane.versions.length, 1)
  assert.deepEqual(
    stage.plane.seen.ends.map((end) => end['versionId']),
    [stage.plane.versions[0]?.id, stage.plane.versions[0]?.id],
  )
})

test('a vanished sandbox is built again from the checkpoint', async (t) => {
  const replies = [
    { calls: [write('one.txt', 'one\n')] },
    { calls: [bash('cat one.txt; sleep 1')] },
    { text: 'Finished.' },
  ]
  const stage = await openStage(t, replies)
  const first = stage.start(stage.jobOf({}))
  await until(() =>
    stage.plane.objects.get(`/objects/transcripts/${stage.generationId}`)?.toString().includes('cat one.txt'),
  )
  killAll(stage, 'live.js')
  first.child.kill('SIGKILL')
  await first.ended
  const other = await openStage(t, [])
  const { code } = await other.run({ ...stage.jobOf({}), generation: { ...generationOf(stage), attempt: 2 } })
  assert.equal(code, 0)
  assert.equal(readFileSync(join(other.project, 'one.txt'), 'utf8'), 'one\n')
  assert.equal(stage.plane.fileOf(0, 'one.txt'), 'one\n')
})

test('a killed runner is started again at once, goes on in its attempt, and reports what it had shown', async (t) => {
  const stage = await openStage(t, [
    { calls: [write('one.txt', 'one\n')] },
    { calls: [bash('echo line >> log.txt; touch ../in-the-tool; [ -e ../second ] || sleep 30')] },
    { text: 'Finished.' },
  ])
  const { plane, generationId } = stage
  const first = stage.start(stage.jobOf({}))
  const home = join(stage.root, 'home/app')
  await until(() => existsSync(join(home, 'in-the-tool')))
  await until(() => plane.objects.get(`/objects/transcripts/${generationId}`)?.toString().includes('in-the-tool'))
  writeFileSync(join(home, 'second'), '')
  const killedAt = performance.now()
  first.child.kill('SIGKILL')
  const resumed = () =>
    plane.seen.events.find(({ data }) => (data['progress'] as { kind?: string } | undefined)?.kind === 'resumed')
  await until(() => resumed())
  t.diagnostic(`went on after ${Math.round(performance.now() - killedAt)} ms`)
  await until(() => plane.seen.ends.length > 0)
  assert.deepEqual(
    plane.seen.ends.map(({ outcome, answer, versionId, attempt }) => [outcome, answer, versionId, attempt]),
    [['succeeded', 'Finished.', plane.versions[0]?.id, 1]],
  )
  assert.equal(plane.versions.length, 1)
  assert.equal(plane.fileOf(0, 'log.txt'), 'line\n')
  const numbers = plane.seen.events.map(({ run }) => run?.n ?? 0)
  assert.equal(new Set(numbers).size, numbers.length)
  assert.ok(Math.max(...numbers) < 1_000_000)
  const shown = readFileSync(join(stage.root, 'run/everjust/runs', `${generationId}.jsonl`), 'utf8')
    .trim()
    .split('\n')
  const kept = shown.map((line) => JSON.parse(line) as { run: { n: number }; type: string })
  const reported = kept.filter(({ type }) => type !== 'cost:updated').map(({ run }) => run.n)
  assert.deepEqual(
    numbers.toSorted((a, b) => a - b),
    reported,
  )
  await until(() => stage.find('runner.js').length === 0)
  assert.equal(holderOf(join(stage.root, 'run/everjust')), undefined)
})

test('a runner killed again and again, at any moment, ends its run once', async (t) => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 100_000)
  t.diagnostic(`SEED=${seed}`)
  const moments = [1, 2, 3].map((turn) => ((seed * turn * 7_919) % 997) / 997)
  const steps = Array.from({ length: 6 }, (_, at) => ({
    calls: [write(`${at}.txt`, `${at}\n`), bash('sleep 0.2; echo line >> log.txt')],
  }))
  const stage = await openStage(t, [...steps, { text: 'Finished.' }])
  stage.start(stage.jobOf({}))
  await until(() => existsSync(join(stage.root, 'run/everjust/runs', `${stage.generationId}.jsonl`)))
  let killed = 0
  for (const moment of moments) {
    await until(() => stage.find('runner.js').length > 0 || stage.plane.seen.ends.length > 0)
    await new Promise((resolve) => setTimeout(resolve, moment * 1_200))
    // Where the machine is quick the run may be over by now.
    if (stage.plane.seen.ends.length === 0) killed += killAll(stage, 'runner.js')
  }
  assert.ok(killed > 0)
  await until(() => stage.plane.seen.ends.length > 0)
  await until(() => stage.find('runner.js').length === 0)
  assert.deepEqual(
    stage.plane.seen.ends.map(({ outcome, answer }) => [outcome, answer]),
    [['succeeded', 'Finished.']],
  )
  assert.equal(stage.plane.versions.length, 1)
  assert.equal(stage.plane.fileOf(0, 'log.txt'), 'line\n'.repeat(6))
  const numbers = stage.plane.seen.events.map(({ run }) => run?.n)
  assert.equal(new Set(numbers).size, numbers.length)
})

test('a runner that ends by itself, or makes way for another, is not started again', async (t) => {
  const stage = await openStage(t, [{ calls: [bash('touch ../started; sleep 30')] }, { text: 'Finished.' }])
  const first = stage.start(stage.jobOf({}))
  await until(() => existsSync(join(stage.root, 'home/app/started')))
  first.child.kill('SIGTERM')
  assert.equal((await first.ended).code, 3)
  await new Promise((resolve) => setTimeout(resolve, 500))
  assert.deepEqual(stage.find('runner.js'), [])
  assert.deepEqual(stage.plane.seen.ends, [])
})

test('a later job ends the runner before it, but a sync leaves a generation alone', async (t) => {
  const stage = await openStage(t, [{ calls: [bash('touch ../started; sleep 30')] }, { text: 'Finished.' }])
  const first = stage.start(stage.jobOf({}))
  await until(() => existsSync(join(stage.root, 'home/app/started')))
  assert.deepEqual(await stage.run(stage.jobOf({ mode: 'sync', generation: null })), { code: 0, said: '' })
  assert.equal(first.child.exitCode, null)
  const second = stage.start(stage.jobOf({ generation: { ...generationOf(stage), attempt: 2 } }))
  assert.equal((await first.ended).code, 'SIGKILL')
  second.child.kill('SIGTERM')
  assert.equal((await second.ended).code, 3)
})

test('a cancelled run stops at once and says nothing more', async (t) => {
  const stage = await openStage(t, [{ calls: [bash('echo $$ > ../shell; sleep 30')] }])
  const first = stage.start(stage.jobOf({}))
  const pid = await until(
    () =>
      existsSync(join(stage.root, 'home/app/shell')) && readFileSync(join(stage.root, 'home/app/shell'), 'utf8').trim(),
  )
  stage.plane.faults.over = true
  assert.deepEqual(await first.ended, { code: 3, said: '' })
  assert.deepEqual(stage.plane.seen.ends, [])
  await until(() => startOf(Number(pid)) === undefined)
  const preview = await fetch(`http://127.0.0.1:${stage.ports.preview}/`)
  assert.equal(preview.status, 200)
})

test('a run that is stopped reports first what it has shown', async (t) => {
  const stage = await openStage(t, [{ calls: [bash('touch ../started; sleep 30')] }])
  const running = stage.start(stage.jobOf({}))
  await until(() => existsSync(join(stage.root, 'home/app/started')))
  running.child.kill('SIGTERM')
  assert.equal((await running.ended).code, 3)
  const last = stage.plane.seen.events.findLast(({ type }) => type === 'project:generation:progress')
  assert.equal((last?.data['progress'] as { kind: string }).kind, 'tool_started')
})

function killAll(stage: Stage, program: string): number {
  const found = stage.find(program)
  for (const pid of found) process.kill(pid, 'SIGKILL')
  return found.length
}

function generationOf(stage: Stage) {
  const { generation } = stage.jobOf({})
  assert.ok(generation)
  return generation
}

test('a live gateway that cannot be had for long, and then finds half of what it kept, has every event in the end', async (t) => {
  const stage = await openStage(t, [
    { calls: [bash('touch ../started; while [ ! -e ../go ]; do sleep 0.02; done')] },
    { text: 'Finished.' },
  ])
  const [program, tried] = [join(stage.root, 'opt/everjust/bin/live.js'), join(stage.root, 'tried')]
  const real = readFileSync(program)
  mkdirSync(join(stage.root, 'run/everjust'), { recursive: true, mode: 0o700 })
  writeFileSync(join(stage.root, 'run/everjust/live.json'), '{"key":')
  writeFileSync(tried, '')
  writeFileSync(program, `require('node:fs').appendFileSync(${JSON.stringify(tried)}, '.')`)
  const running = stage.start(stage.jobOf({}))
  await until(() => readFileSync(tried, 'utf8').length >= 3)
  writeFileSync(program, real)
  const log = join(stage.root, 'run/everjust/runs', `${stage.generationId}.jsonl`)
  await until(() => existsSync(log))
  writeFileSync(join(stage.root, 'home/app/go'), '')
  assert.deepEqual(await running.ended, { code: 0, said: '' })
  const kept = readFileSync(log, 'utf8').trim().split('\n')
  const first = JSON.parse(kept[0] ?? '') as { run: { n: number } }
  assert.equal(first.run.n, stage.plane.seen.events[0]?.run?.n)
  assert.ok(kept.length >= stage.plane.seen.events.length)
})

test('a live gateway that was killed comes back with every event of the run', async (t) => {
  const stage = await openStage(t, [
    { calls: [bash('touch ../started; while [ ! -e ../go ]; do sleep 0.02; done')] },
    { text: 'Finished.' },
  ])
  const running = stage.start(stage.jobOf({}))
  await until(() => existsSync(join(stage.root, 'home/app/started')))
  const health = () =>
    fetch(`http://127.0.0.1:${stage.ports.live}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await health())) await new Promise((resolve) => setTimeout(resolve, 20))
  const gateway = stage.find('live.js')
  assert.equal(gateway.length, 1)
  for (const pid of gateway) process.kill(pid, 'SIGKILL')
  writeFileSync(join(stage.root, 'home/app/go'), '')
  assert.deepEqual(await running.ended, { code: 0, said: '' })
  const kept = readFileSync(join(stage.root, 'run/everjust/runs', `${stage.generationId}.jsonl`), 'utf8')
  const numbers = kept
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; run: { n: number } })
    .flatMap(({ type, run }) => (type === 'cost:updated' ? [] : [run.n]))
  assert.deepEqual(
    numbers,
    stage.plane.seen.events.map(({ run }) => run?.n),
  )
  assert.equal(await health(), true)
})
