import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatCursor } from '../../lib/contract/cursor.ts'
import { emptyTimeline } from '../../web/src/lib/timeline/timeline-shapes.ts'
import { activeTurn, cursorOf, fold, withGenerations } from '../../web/src/lib/timeline/timeline.ts'
import { at, cost, foldAll, generation, id, logged, progress, start, told, version } from './happenings.ts'

test('a started generation is a queued turn with its prompt', () => {
  const { turns } = foldAll([start])
  assert.equal(turns.length, 1)
  assert.equal(turns[0]?.prompt, 'A habit tracker')
  assert.equal(turns[0]?.state, 'queued')
  assert.equal(turns[0]?.scripted, true)
})

test('pieces of text of one step make one row, those of the next step another', () => {
  const turn = foldAll([
    start,
    progress(1, { kind: 'text', step: 1, text: 'I will ' }),
    progress(2, { kind: 'text', step: 1, text: 'begin.' }),
    progress(3, { kind: 'text', step: 2, text: 'Done.' }),
  ]).turns[0]
  assert.deepEqual(
    turn?.rows.map((row) => row.kind === 'text' && row.text),
    ['I will begin.', 'Done.'],
  )
  assert.equal(turn?.state, 'running')
})

test('a tool call runs, ends, and is given the lines that its file gained and lost', () => {
  const call = { step: 1, callId: 'c1', tool: 'edit', target: '/home/app/project/src/App.tsx' }
  const begun = foldAll([start, progress(1, { kind: 'tool_started', ...call })])
  assert.equal(begun.turns[0]?.rows[0]?.kind === 'tool' && begun.turns[0].rows[0].state, 'running')
  const row = [
    progress(2, { kind: 'tool_ended', ...call, ok: true, output: '', ms: 800 }),
    told(3, 'file:changed', { path: 'src/App.tsx', change: 'modified', added: 42, removed: 7 }),
  ].reduce(fold, begun).turns[0]?.rows
  assert.equal(row?.length, 1)
  assert.deepEqual(row[0], {
    kind: 'tool',
    key: 'c1',
    step: 1,
    tool: 'edit',
    target: 'src/App.tsx',
    state: 'done',
    startedAt: at,
    ms: 800,
    output: '',
    lines: { added: 42, removed: 7 },
  })
})

test('a file that a command changed stands in a row of its own', () => {
  const rows = foldAll([
    start,
    progress(1, { kind: 'tool_started', step: 1, callId: 'c1', tool: 'bash', target: 'npm run format' }),
    told(2, 'file:changed', { path: 'src/App.tsx', change: 'modified', added: 1, removed: 1 }),
  ]).turns[0]?.rows
  assert.deepEqual(
    rows?.map(({ kind }) => kind),
    ['tool', 'file'],
  )
})

test('an event that comes by socket and again by log counts once, and moves the cursor of both', () => {
  const text = { progress: { kind: 'text', step: 1, text: 'Once.' } }
  const timeline = foldAll([
    start,
    told(1, 'project:generation:progress', text),
    { ...told(1, 'project:generation:progress', text), seq: 2 },
    told(2, 'preview:changed', {}),
  ])
  assert.equal(timeline.turns[0]?.rows.length, 1)
  assert.equal(formatCursor(cursorOf(timeline)), `2.${id}.2`)
})

test('once a run is over the cursor is that of the log alone', () => {
  const timeline = foldAll([
    start,
    progress(1, { kind: 'phase', phase: 'thinking' }),
    logged(2, 'project:generation:complete', { versionId: version, answer: 'Done.', cost }),
  ])
  assert.equal(formatCursor(cursorOf(timeline)), '2')
  assert.equal(activeTurn(timeline), undefined)
  assert.equal(timeline.turns[0]?.answer, 'Done.')
  assert.equal(timeline.turns[0]?.phase, null)
})

test('a failure keeps its three parts, and ends what was still running', () => {
  const failure = { code: 'out_of_time', happened: 'It took too long.', kept: 'Files are kept.', next: 'Go on.' }
  const turn = foldAll([
    start,
    progress(1, { kind: 'tool_started', step: 1, callId: 'c1', tool: 'bash', target: 'sleep 600' }),
    logged(2, 'project:generation:failed', { failure, versionId: null, cost }),
  ]).turns[0]
  assert.deepEqual(turn?.failure, failure)
  assert.equal(turn?.state, 'failed')
  assert.equal(turn?.rows[0]?.kind === 'tool' && turn.rows[0].state, 'cut')
})

test('what the API knows of a generation does not take back an end that the log told', () => {
  const over = foldAll([start, logged(2, 'project:generation:cancelled', { cost })])
  assert.equal(withGenerations(over, [generation]).turns[0]?.state, 'cancelled')
})

test('generations of the API come first, the log fills in their steps', () => {
  const seeded = withGenerations(emptyTimeline, [generation])
  const timeline = [start, progress(1, { kind: 'text', step: 1, text: 'Hello.' })].reduce(fold, seeded)
  assert.equal(timeline.turns.length, 1)
  assert.equal(timeline.turns[0]?.rows.length, 1)
  assert.equal(timeline.turns[0]?.cost?.micros, 38_200)
})

test('a resumed run says so, and its cut tool calls do not run for ever', () => {
  const rows = foldAll([
    start,
    progress(1, { kind: 'tool_started', step: 1, callId: 'c1', tool: 'bash', target: 'npm test' }),
    progress(1_000_001, { kind: 'resumed', attempt: 2 }),
  ]).turns[0]?.rows
  assert.deepEqual(
    rows?.map((row) => (row.kind === 'tool' ? row.state : row.kind)),
    ['cut', 'resumed'],
  )
})

test('events of unknown type or shape change nothing but the cursor', () => {
  const timeline = foldAll([start, logged(2, 'project:published', {}), told(1, 'project:generation:progress', {})])
  assert.deepEqual(timeline.turns, foldAll([start]).turns)
  assert.equal(timeline.seq, 2)
})

test('a preview that a run opens is shown once its app answers, and stays shown in the runs after it', () => {
  const opened = logged(2, 'preview:ready', { url: 'https://5173-x.example', expiresAt: at, versionId: null })
  const opening = foldAll([start, opened])
  assert.equal(opening.served, false)
  const shown = fold(opening, told(1, 'preview:changed', {}))
  assert.equal(shown.served, true)
  assert.equal(fold(shown, { ...opened, seq: 3 }).served, true)
  const asleep = fold(shown, logged(3, 'sandbox:status', { state: 'stopped', problem: null }))
  assert.equal(fold(asleep, { ...opened, seq: 4 }).served, false)
})

test('versions, previews and the sandbox are those of the last word', () => {
  const timeline = foldAll([
    logged(1, 'version:created', { versionId: version, number: 3, message: 'Dark mode' }),
    logged(2, 'preview:ready', { url: 'https://5173-x.example', expiresAt: at, versionId: version }),
    logged(3, 'sandbox:status', { state: 'started', problem: null }),
  ])
  assert.deepEqual(timeline.version, { id: version, number: 3 })
  assert.deepEqual(timeline.preview, { url: 'https://5173-x.example', expiresAt: at })
  assert.deepEqual(timeline.sandbox, { state: 'started', problem: null, doing: null, since: at, at })
})

test('how long a sandbox has been starting is counted from the first word of it', () => {
  const said = (seq: number, later: string, doing: 'machine' | 'files') => ({
    ...logged(seq, 'sandbox:status', { state: 'starting', problem: null, doing }),
    at: later,
  })
  const timeline = foldAll([said(1, at, 'machine'), said(2, '2026-11-22T10:00:07.000Z', 'files')])
  assert.equal(timeline.sandbox?.doing, 'files')
  assert.equal(timeline.sandbox.since, at)
})

test('a line of the sandbox’s log stands in the turn of its run, or in the last one', () => {
  const line = { source: 'dev-server', line: 'The port is taken.\n' }
  const own = foldAll([start, { ...told(1, 'sandbox:logs', line), data: line }])
  assert.deepEqual(own.turns[0]?.rows, [
    { kind: 'log', key: `${id}.1`, source: 'dev-server', line: 'The port is taken.' },
  ])
  const another = logged(2, 'project:generation:start', { generationId: 'gen_2', prompt: 'More', model: 'm' })
  const late = foldAll([start, another, logged(3, 'sandbox:logs', line)])
  assert.deepEqual(
    late.turns.map(({ rows }) => rows.length),
    [0, 1],
  )
  assert.deepEqual(foldAll([logged(1, 'sandbox:logs', line)]).turns, [])
})

test('what a stopped run says last does not go on for ever', () => {
  const started = { kind: 'tool_started', step: 1, callId: 'c1', tool: 'grep', target: 'Tea in src' }
  const [turn] = foldAll([start, logged(2, 'project:generation:cancelled', { cost }), progress(1, started)]).turns
  assert.deepEqual(
    turn?.rows.map((row) => row.kind === 'tool' && row.state),
    ['cut'],
  )
  assert.equal(turn?.phase, null)
})
