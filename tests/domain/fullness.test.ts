import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFull, tokensIn, tokensTold } from '../../lib/domain/fullness.ts'
import { next, type Entry } from '../../lib/domain/generation.ts'

const asked: Entry = { kind: 'asked', text: 'x'.repeat(40), toldBefore: 100 }
const replied = (tokens?: number): Entry => ({
  kind: 'replied',
  ended: 'calls',
  text: '',
  calls: [{ id: 'toolu_1', tool: 'read' }],
  content: [],
  ...(tokens === undefined ? {} : { tokens }),
})
const used = (length: number): Entry => ({ kind: 'used', results: 'x'.repeat(length - 2), changed: 0 })
const compacted: Entry = { kind: 'compacted', text: 'Tend', tokens: 50 }
const limits = { steps: 10, repairs: 3, context: 1_000 }

test('before the first reply, what is told is estimated by its bytes', () => {
  assert.equal(tokensTold([asked]), 110)
  assert.equal(tokensIn('ä'), 1)
  assert.equal(tokensIn('茶'.repeat(4)), 3)
})

test('a reply that was counted counts, and what came after it is estimated', () => {
  assert.equal(tokensTold([asked, replied(700), used(400)]), 800)
  assert.equal(tokensTold([asked, replied(), used(400)]), 211)
})

test('a long conversation is summed up before the model is asked, and never instead of what is due', () => {
  assert.deepEqual(next([asked, replied(900), used(400)], limits), { move: 'compact' })
  assert.deepEqual(next([asked, replied(900), used(40)], limits), { move: 'ask' })
  assert.deepEqual(next([asked, replied(5_000)], limits).move, 'use')
  assert.deepEqual(next([asked, replied(900), used(400)], { steps: 10, repairs: 3 }), { move: 'ask' })
})

test('after a summary the model is asked, and only two replies later it is summed up again', () => {
  const history = [asked, replied(900), used(400), compacted]
  assert.deepEqual(next(history, limits), { move: 'ask' })
  assert.equal(tokensTold(history), 50)
  const again = [...history, replied(2_000), used(40)]
  assert.equal(isFull(again, 1_000), false)
  assert.equal(isFull([...again, replied(2_000), used(40)], 1_000), true)
})

test('a reply that asks the person ends the run with its question', () => {
  const question = { text: 'Which tea?', choices: ['Green', 'Black'] }
  const asking: Entry = {
    kind: 'replied',
    ended: 'calls',
    text: 'Hm.',
    calls: [{ id: 'toolu_1', tool: 'ask_person' }],
    content: [],
    question,
  }
  assert.deepEqual(next([asked, asking], limits), { move: 'save' })
  assert.deepEqual(next([asked, asking, { kind: 'saved', versionId: null, refused: null }], limits), {
    move: 'stop',
    failure: null,
    diagnosis: null,
    question,
    answer: 'Hm.',
    versionId: null,
  })
})
