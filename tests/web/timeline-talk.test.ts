import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyTimeline } from '../../web/src/lib/timeline/timeline-shapes.ts'
import { activeTurn, fold, withGenerations } from '../../web/src/lib/timeline/timeline.ts'
import { cost, foldAll, generation, logged, progress, start, told, version } from './happenings.ts'

const failure = { code: 'same_error', happened: 'It came back.', kept: 'Version 2 is kept.', next: 'Try another way.' }
const diagnosis = { check: 'typecheck', message: 'src/App.tsx: Cannot find name “habits”.', tries: 2 }

test('waits for the model share one row, which counts the tries and is over when something goes on', () => {
  const waiting = foldAll([
    start,
    progress(1, { kind: 'waiting', status: 529, seconds: 4, tries: 1 }),
    progress(2, { kind: 'waiting', status: 529, seconds: 12, tries: 2 }),
  ])
  const until = Date.parse('2026-11-22T10:00:12.000Z')
  const row = { kind: 'waiting', key: 'gen_0123456789abcdefghjk.1', status: 529, until, tries: 2, over: false }
  assert.deepEqual(waiting.turns[0]?.rows, [row])
  const onward = fold(waiting, progress(3, { kind: 'text', step: 1, text: 'Here I am.' }))
  assert.deepEqual(onward.turns[0]?.rows[0], { ...row, over: true })
  const again = fold(onward, progress(4, { kind: 'waiting', status: null, seconds: 1, tries: 1 }))
  assert.deepEqual(
    again.turns[0]?.rows.map(({ kind }) => kind),
    ['waiting', 'text', 'waiting'],
  )
})

test('a run that ends while it waits no longer waits', () => {
  const ended = foldAll([
    start,
    progress(1, { kind: 'waiting', status: 429, seconds: 60, tries: 7 }),
    logged(2, 'project:generation:cancelled', { cost }),
  ])
  assert.equal(ended.turns[0]?.rows[0]?.kind === 'waiting' && ended.turns[0].rows[0].over, true)
})

test('another model that steps in and a conversation that was summed up have rows of their own', () => {
  const rows = foldAll([
    start,
    progress(1, { kind: 'fell_back', model: 'small-1' }),
    progress(2, { kind: 'compacted', before: 150_000, after: 12_000 }),
  ]).turns[0]?.rows
  assert.deepEqual(
    rows?.map(({ key: _, ...row }) => row),
    [
      { kind: 'fell_back', model: 'small-1' },
      { kind: 'compacted', before: 150_000, after: 12_000 },
    ],
  )
})

test('a run that waits for its turn knows its place until it begins', () => {
  const queued = foldAll([start, logged(2, 'project:generation:waiting', { place: 3 })])
  assert.equal(queued.turns[0]?.place, 3)
  const begun = fold(queued, progress(1, { kind: 'phase', phase: 'preparing' }))
  assert.equal(begun.turns[0]?.place, null)
  assert.equal(begun.turns[0].state, 'running')
})

test('a question ends the run and stays with its turn', () => {
  const question = { text: 'For one person or many?', choices: ['One', 'Many'] }
  const asked = foldAll([
    start,
    logged(2, 'project:generation:complete', { versionId: null, answer: 'One thing first.', cost, question }),
  ])
  assert.deepEqual(asked.turns[0]?.question, question)
  assert.equal(activeTurn(asked), undefined)
})

test('a failure that came back keeps its diagnosis, what was given back, and the code of the run', () => {
  const stopped = foldAll([
    start,
    logged(2, 'project:generation:failed', { failure, versionId: version, cost, diagnosis, returnedMicros: 31_000 }),
  ]).turns[0]
  assert.deepEqual(stopped?.diagnosis, diagnosis)
  assert.equal(stopped.returnedMicros, 31_000)
  assert.equal(stopped.versionId, version)
})

test('logs from before there were questions and diagnoses still fold', () => {
  const done = foldAll([start, logged(2, 'project:generation:complete', { versionId: version, answer: 'Done.', cost })])
  assert.equal(done.turns[0]?.question, null)
  const failed = foldAll([start, logged(2, 'project:generation:failed', { failure, versionId: null, cost })])
  assert.equal(failed.turns[0]?.diagnosis, null)
  assert.equal(failed.turns[0].returnedMicros, 0)
})

test('the memory of the model that is in use is that of the last word on it', () => {
  const context = { tokens: 84_000, window: 200_000 }
  const told1 = foldAll([start, told(1, 'cost:updated', { cost, context }), told(2, 'cost:updated', { cost })])
  assert.deepEqual(told1.turns[0]?.context, context)
})

test('the log says how many messages wait and why they do not go on', () => {
  const paused = foldAll([logged(1, 'queue:changed', { waiting: 2, paused: 'The run before it was stopped.' })])
  assert.deepEqual(paused.queue, { waiting: 2, paused: 'The run before it was stopped.' })
})

test('what the API stores completes a turn that only the log had told of', () => {
  const over = foldAll([start, logged(2, 'project:generation:cancelled', { cost })])
  const stored = { ...generation, mode: 'plan', superseded: true, retryOf: generation.id } as const
  const turn = withGenerations(over, [stored]).turns[0]
  assert.equal(turn?.mode, 'plan')
  assert.equal(turn.superseded, true)
  assert.equal(turn.state, 'cancelled')
})

test('turns of the API that went back carry the request they repeat', () => {
  const second = { ...generation, id: 'gen_0123456789abcdefghjm', retryOf: generation.id } as const
  const { turns } = withGenerations(emptyTimeline, [{ ...generation, superseded: true }, second])
  assert.deepEqual(
    turns.map(({ superseded, retryOf }) => [superseded, retryOf]),
    [
      [true, null],
      [false, 'gen_0123456789abcdefghjk'],
    ],
  )
})
