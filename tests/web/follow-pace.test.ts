import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breathIn, patienceIn } from '../../web/src/lib/follow/follow-pace.ts'
import { emptyTimeline } from '../../web/src/lib/timeline/timeline-shapes.ts'
import { cost, foldAll, logged, progress, start } from './happenings.ts'

const quiet = { timeline: emptyTimeline, socket: false, startsUntil: 0, leavesUntil: 0 }
const running = foldAll([start, progress(1, { kind: 'phase', phase: 'thinking' })])
const stopped = [start, logged(2, 'project:generation:cancelled', { cost })]

test('an open page where nothing goes on asks every 30 seconds, and waits for nothing', () => {
  assert.equal(breathIn(quiet, 0), 30_000)
  assert.equal(patienceIn(quiet), 0)
})

test('a run that the socket carries is asked after rarely; without a socket the log is waited on', () => {
  assert.equal(breathIn({ ...quiet, timeline: running, socket: true }, 0), 30_000)
  assert.equal(patienceIn({ ...quiet, timeline: running, socket: true }), 0)
  assert.equal(breathIn({ ...quiet, timeline: running }, 3), 3_000)
  assert.equal(patienceIn({ ...quiet, timeline: running }), 20)
})

test('a message that is about to start is waited on, one behind a paused queue is not', () => {
  const waiting = foldAll([...stopped, logged(3, 'queue:changed', { waiting: 1, paused: null })])
  assert.equal(patienceIn({ ...quiet, timeline: waiting }), 20)
  const paused = foldAll([...stopped, logged(3, 'queue:changed', { waiting: 1, paused: 'It was stopped.' })])
  assert.equal(patienceIn({ ...quiet, timeline: paused }), 0)
})

test('the version that a stopped run leaves, and a sandbox that starts, are waited on for a while', () => {
  const soon = Date.now() + 10_000
  assert.equal(patienceIn({ ...quiet, timeline: foldAll(stopped), leavesUntil: soon }), 20)
  assert.equal(patienceIn({ ...quiet, startsUntil: soon }), 20)
  const started = foldAll([logged(1, 'sandbox:status', { state: 'started', problem: null })])
  assert.equal(patienceIn({ ...quiet, timeline: started, startsUntil: soon }), 0)
})
