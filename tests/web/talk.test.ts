import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorOf, labelOf } from '../../web/src/lib/ask/chips.ts'
import { maskedValues } from '../../web/src/lib/ask/masked.ts'
import { withUsual } from '../../web/src/lib/ask/models.ts'
import { objectionWords, percentUsed, priceWords } from '../../web/src/lib/ask/words.ts'
import { withLineEnds } from '../../web/src/lib/code/editor/line-ends.ts'
import { asidesOf, shownNumbers } from '../../web/src/lib/conversation/asides.ts'
import type { Generation, OfferedModel, Quote } from '../../web/src/lib/contract.ts'
import { goBackWords, placeWords, wordsOf } from '../../web/src/lib/conversation/words.ts'
import { troubleOf } from '../../web/src/lib/preview/trouble.ts'
import { capsOf, dollarsOf } from '../../web/src/lib/settings/caps.ts'
import { withGenerations } from '../../web/src/lib/timeline/timeline.ts'
import { emptyTimeline } from '../../web/src/lib/timeline/timeline-shapes.ts'
import { foldAll, generation, logged, start, told, version } from './happenings.ts'

const quote: Quote = {
  currency: 'USD',
  atMostMicros: 420_000,
  usuallyMicros: 80_000,
  simulated: true,
  model: 'scripted-1',
  input: { tokens: 9_000, counted: 'estimated' },
  window: 200_000,
  objection: null,
  cap: null,
}

test('a price says its most, the usual and that it is simulated; a lower limit of one’s own stands instead', () => {
  assert.equal(priceWords(quote, null), 'at most $0.42, usually $0.08 · simulated')
  assert.equal(priceWords({ ...quote, simulated: false }, 250_000), 'at most $0.25, your limit, usually $0.08')
  assert.equal(priceWords(quote, 50_000), 'at most $0.05, your limit · simulated')
  assert.equal(priceWords(quote, 900_000), 'at most $0.42, usually $0.08 · simulated')
})

test('a limit that makes it less says whose it is; one that leaves too little, where it is changed', () => {
  const cap = { why: 'month', whose: 'project', mostMicros: 5_000_000, leavesMicros: 60_000 } as const
  const capped = { ...quote, simulated: false, atMostMicros: 60_000, usuallyMicros: 60_000, cap }
  assert.equal(priceWords(capped, null), 'at most $0.06, all that the project’s limit leaves this month')
  assert.equal(priceWords(capped, 50_000), 'at most $0.05, your limit')
  assert.equal(objectionWords(capped), null)
  assert.equal(
    objectionWords({ ...capped, objection: 'in the words of the API' }),
    'The project’s limit of $5.00 a month leaves $0.06: too little for this request. It is changed in the settings of the project.',
  )
  assert.equal(objectionWords({ ...quote, objection: 'A run is under way.' }), 'A run is under way.')
})

test('the usual model of a project goes before that of its organization, as long as it is offered', () => {
  const offered = ['a', 'b'].map((id) => ({ id, isDefault: id === 'a' }) as OfferedModel)
  const usual = (ofProject: string | null) => withUsual(offered, ofProject).find(({ isDefault }) => isDefault)?.id
  assert.deepEqual([usual(null), usual('b'), usual('gone')], ['a', 'b', 'a'])
})

test('the memory used is whole percent, and never more than all of it', () => {
  assert.equal(percentUsed({ tokens: 84_000, window: 200_000 }), 42)
  assert.equal(percentUsed({ tokens: 250_000, window: 200_000 }), 100)
})

test('a run in line says how many start before it', () => {
  assert.equal(placeWords(null), 'Waiting to start')
  assert.equal(placeWords(0), 'Yours starts next')
  assert.equal(placeWords(1), '1 run starts before yours')
  assert.equal(placeWords(3), '3 runs start before yours')
})

test('a wait for the model says what is the matter and when it tries again', () => {
  const row = { kind: 'waiting', key: 'w', status: 529, until: 12_000, tries: 3, over: false } as const
  const live = wordsOf(row, 400)
  assert.equal(live.object, 'The model is overloaded.')
  assert.equal(live.result, 'next try in 12 s · try 3')
  assert.equal(wordsOf(row, 12_000).result, 'trying again · try 3')
  assert.equal(wordsOf({ ...row, status: null }, 0).object, 'The model is out of reach.')
  const over = wordsOf({ ...row, over: true }, 60_000)
  assert.deepEqual([over.verb, over.object, over.result], ['waited:', 'the model is overloaded', '3 tries'])
})

test('going back says to which version, and what is set aside', () => {
  assert.equal(
    goBackWords(2, 0),
    'Code and conversation go back to version 2. Nothing is deleted: every version stays.',
  )
  assert.equal(
    goBackWords(null, 3),
    'Code and conversation go back to where this project began. 3 later requests are set aside. Nothing is deleted: every version stays.',
  )
})

test('requests that were set aside stand together where they were, as one row until they are unfolded', () => {
  const stored = [1, 2, 3, 4].map((number) => ({ ...generation, number, superseded: number === 2 || number === 3 }))
  const turns = stored.map((asked): Generation => ({ ...asked, id: `gen_0123456789abcdefgh0${asked.number}` }))
  const asides = asidesOf(withGenerations(emptyTimeline, turns).turns)
  assert.deepEqual(asides, [[2, 3]])
  assert.deepEqual(shownNumbers(5, asides, new Set()), [1, 2, 4, 5])
  assert.deepEqual(shownNumbers(5, asides, new Set([2])), [1, 2, 3, 4, 5])
})

test('what was masked is found again in what was typed, and not guessed when it is not certain', () => {
  const stripe = { kind: 'Stripe key', placeholder: '[secret: STRIPE_SECRET_KEY]', name: 'STRIPE_SECRET_KEY' }
  const word = { kind: 'password', placeholder: '[secret: PASSWORD]', name: 'PASSWORD' }
  const stored = 'Pay with [secret: STRIPE_SECRET_KEY] (live), log in with [secret: PASSWORD].'
  const found = maskedValues('Pay with sk_live_1 (live), log in with hunter2. ', stored, [stripe, word])
  assert.deepEqual(
    found.map(({ name, value }) => [name, value]),
    [
      ['STRIPE_SECRET_KEY', 'sk_live_1'],
      ['PASSWORD', 'hunter2'],
    ],
  )
  assert.equal(maskedValues('Something else', stored, [stripe])[0]?.value, '')
  assert.deepEqual(maskedValues('No secret.', 'No secret.', []), [])
})

test('what a request points at has a short name', () => {
  const error = errorOf('console', 'TypeError: x is undefined\n  at App', 'y'.repeat(9_000))
  assert.equal(labelOf(error), 'Error in the console: TypeError: x is undefined')
  assert.equal(error.kind === 'error' && error.detail.length, 8_000)
  const element = { kind: 'element', selector: 'main > button', tag: 'button', text: ' Save ', html: '' } as const
  assert.equal(labelOf(element), '<button> “Save”')
  assert.equal(labelOf({ ...element, text: '' }), '<button> main > button')
})

test('the preview knows which check the current version failed last, and none of a version that nobody checked', () => {
  const check = (n: number, ok: boolean) => told(n, 'check:result', { check: 'page', ok, output: 'Oh.', ms: 5 })
  const end = logged(2, 'project:generation:complete', { versionId: version, answer: '', cost: null })
  assert.equal(troubleOf(foldAll([start, check(1, false), end]), version)?.check, 'page')
  assert.equal(troubleOf(foldAll([start, check(1, false), check(2, true), end]), version), null)
  assert.equal(troubleOf(foldAll([start, check(1, false), end]), 'ver_0123456789abcdefghjm'), null)
})

test('caps are dollars in fields; an empty field is none, and what is no amount is refused', () => {
  assert.deepEqual(capsOf('0.50', ''), { runMicros: 500_000, monthMicros: null })
  assert.deepEqual(capsOf('$1,5', '20'), { runMicros: 1_500_000, monthMicros: 20_000_000 })
  assert.equal(capsOf('much', ''), null)
  assert.equal(capsOf('-1', ''), null)
  assert.equal(dollarsOf(2_500_000), '2.5')
  assert.equal(dollarsOf(null), '')
})

test('a line of the log says where it comes from, and a long one stands in full under its row', () => {
  const row = { kind: 'log', key: 'l', source: 'dev-server', line: 'The port is taken.' } as const
  const short = wordsOf(row, 0)
  assert.deepEqual([short.verb, short.object, short.output], ['the app’s server:', 'The port is taken.', ''])
  const long = 'x'.repeat(80)
  assert.equal(wordsOf({ ...row, source: 'runner', line: long }, 0).verb, 'the sandbox:')
  assert.equal(wordsOf({ ...row, line: long }, 0).output, long)
})

test('a file that was edited keeps its line ends', () => {
  assert.equal(withLineEnds('a\nb\n', 'a\n'), 'a\nb\n')
  assert.equal(withLineEnds('a\nb\n', 'a\r\n'), 'a\r\nb\r\n')
})
