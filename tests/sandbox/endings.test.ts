import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStage } from './stage.ts'

const write = (path: string, content: string) => ({ tool: 'write', input: { file_path: path, content } })
const good =
  '<!doctype html><html lang="en"><head><title>Tea</title><script type="module" src="script.js"></script></head><body></body></html>\n'
type Stage = Awaited<ReturnType<typeof openStage>>
const silent = { question: null, diagnosis: null, memory: null }
const failureOf = ({ plane }: Stage) => plane.seen.ends.map((end) => end['failure'])

test('a failed check is told to the model, repaired, and passes', async (t) => {
  const stage = await openStage(t, [
    { calls: [write('index.html', good), write('script.js', 'const = 1\n')] },
    { text: 'Here.' },
    { calls: [write('script.js', 'export const one = 1\n')] },
    { text: 'Mended.' },
  ])
  assert.deepEqual(await stage.run(stage.jobOf({})), { code: 0, said: '' })
  const { seen, versions } = stage.plane
  assert.deepEqual(seen.ends, [
    { outcome: 'succeeded', failure: null, answer: 'Mended.', versionId: versions[0]?.id, attempt: 1, ...silent },
  ])
  assert.match(seen.asked[2]?.messages.at(-1)?.content[0]?.text ?? '', /^Checks failed:\n[^]*script\.js/)
  const typechecks = seen.events.filter(({ data }) => data['check'] === 'typecheck').map(({ data }) => data['ok'])
  assert.deepEqual(typechecks, [false, true])
  const phases = seen.events.flatMap(({ data }) => {
    const progress = data['progress'] as { kind: string; phase?: string } | undefined
    return progress?.kind === 'phase' ? [progress.phase] : []
  })
  assert.deepEqual(phases, [
    'preparing',
    'thinking',
    'thinking',
    'checking',
    'repairing',
    'thinking',
    'thinking',
    'checking',
    'saving',
  ])
  assert.equal(versions.length, 1)
})

test('code that still fails after its repairs is kept, and said to fail', async (t) => {
  const stage = await openStage(t, [
    { calls: [write('script.js', 'const = 1\n')] },
    { text: 'A' },
    { calls: [write('script.js', 'const two = {\n')] },
    { text: 'B' },
  ])
  await stage.run(stage.jobOf({}, 1, { steps: 10, seconds: 60, repairs: 1 }))
  assert.equal(stage.plane.fileOf(0, 'script.js'), 'const two = {\n')
  const [end] = stage.plane.seen.ends
  assert.deepEqual(
    { ...end, diagnosis: null },
    {
      outcome: 'failed',
      failure: 'checks_failed',
      answer: 'B',
      versionId: stage.plane.versions[0]?.id,
      attempt: 1,
      ...silent,
    },
  )
  assert.match(JSON.stringify(end?.['diagnosis']), /"check":"typecheck"[^]*"tries":1/)
})

test('an answer that changes nothing makes no version and runs no check', async (t) => {
  const stage = await openStage(t, [{ text: 'It is a page.' }])
  await stage.run(stage.jobOf({}))
  assert.deepEqual(stage.plane.versions, [])
  assert.deepEqual(stage.plane.seen.ends, [
    { outcome: 'succeeded', failure: null, answer: 'It is a page.', versionId: null, attempt: 1, ...silent },
  ])
})

test('refusals of the model gateway end the run with their reason, asked once', async (t) => {
  for (const [status, code, failure] of [
    [402, 'payment_required', 'budget_used_up'],
    [403, 'forbidden', 'platform_fault'],
  ] as const) {
    const stage = await openStage(t, [{ calls: [write('one.txt', 'one\n')] }, { status, code }])
    await stage.run(stage.jobOf({}))
    assert.deepEqual(failureOf(stage), [failure])
    assert.equal(stage.plane.seen.asked.length, 2)
    assert.equal(stage.plane.fileOf(0, 'one.txt'), 'one\n')
  }
})

test('a reply that breaks off is asked for again', async (t) => {
  const stage = await openStage(t, [{ cut: true }])
  await stage.run(stage.jobOf({}))
  assert.deepEqual(
    stage.plane.seen.ends.map((end) => end['answer']),
    ['Whole now.'],
  )
  assert.equal(stage.plane.seen.asked.length, 2)
})

test('an API that is not to be had is waited for, and then ends the run', async (t) => {
  const stage = await openStage(t, [{ status: 503, code: 'unavailable' }])
  const job = stage.jobOf({})
  const limits = { steps: 10, seconds: 60, repairs: 3, waiting: 1 }
  await stage.run({ ...job, generation: job.generation && { ...job.generation, limits } })
  assert.deepEqual(failureOf(stage), ['model_unavailable'])
  assert.ok(stage.plane.seen.asked.length >= 2)
})

test('limits of steps and of time end the run, with its files kept', async (t) => {
  const steps = await openStage(t, [
    { calls: [write('one.txt', 'one\n')] },
    { calls: [write('two.txt', 'two\n')] },
    { text: 'More.' },
  ])
  await steps.run(steps.jobOf({}, 1, { steps: 2, seconds: 60, repairs: 3 }))
  assert.deepEqual(failureOf(steps), ['too_many_steps'])
  assert.equal(steps.plane.fileOf(0, 'two.txt'), 'two\n')
  const time = await openStage(t, [
    { calls: [write('one.txt', 'one\n'), { tool: 'bash', input: { command: 'sleep 2' } }] },
    { text: 'Late.' },
  ])
  await time.run(time.jobOf({}, 1, { steps: 9, seconds: 2, repairs: 3 }))
  assert.deepEqual(failureOf(time), ['out_of_time'])
  assert.equal(time.plane.fileOf(0, 'one.txt'), 'one\n')
})

test('a project that went on meanwhile is not overwritten', async (t) => {
  const stage = await openStage(t, [{ calls: [write('one.txt', 'one\n')] }, { text: 'Done.' }])
  stage.plane.faults.outdated = true
  await stage.run(stage.jobOf({}))
  assert.deepEqual(stage.plane.seen.ends, [
    { outcome: 'failed', failure: 'overtaken', answer: 'Done.', versionId: null, attempt: 1, ...silent },
  ])
})

test('a reply cut off at its limit is taken up again without its broken call', async (t) => {
  const stage = await openStage(t, [
    { text: 'I begin', calls: [write('one.txt', 'one')], stop: 'max_tokens' },
    { text: 'Done.' },
  ])
  await stage.run(stage.jobOf({}))
  const sent = stage.plane.seen.asked[1]?.messages ?? []
  assert.deepEqual(
    sent.map(({ content }) => content.map(({ type }) => type)),
    [['text'], ['text'], ['text']],
  )
  assert.deepEqual(stage.plane.versions, [])
  assert.deepEqual(failureOf(stage), [null])
})
