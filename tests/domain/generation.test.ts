import assert from 'node:assert/strict'
import { test } from 'node:test'
import { next, stepOf, type Entry, type ReplyEnd } from '../../lib/domain/generation.ts'
import { purposeOf } from '../../lib/domain/loop-breaker.ts'

const limits = { steps: 4, repairs: 2 }
const asked: Entry = { kind: 'asked', text: 'a habit tracker' }
const used = (changed: number): Entry => ({ kind: 'used', results: [], changed })
const replied = (ended: ReplyEnd, text = 'Here it is.'): Entry => ({
  kind: 'replied',
  ended,
  text,
  calls: ended === 'calls' ? [{ id: 'toolu_1', tool: 'write' }] : [],
  content: [],
})
const noName = { check: 'typecheck', file: 'src/App.tsx', message: 'no such name', fingerprint: 'a' }
const noType = { check: 'typecheck', file: 'src/App.tsx', message: 'no such type', fingerprint: 'b' }
const noPage = { check: 'page', file: null, message: 'The page is blank.', fingerprint: 'c' }
const checked = (ok: boolean, failures = ok ? [] : [noName]): Entry => ({
  kind: 'checked',
  ok,
  output: ok ? '' : 'src/App.tsx: no such name',
  failures,
  green: ok,
  picture: null,
})
const failed = (...failures: (typeof noName | typeof noPage)[]): Entry => ({
  ...(checked(false) as Entry & { kind: 'checked' }),
  failures,
})
const repair: Entry = { kind: 'told', text: 'Checks failed:\nsrc/App.tsx: no such name', repair: true }
const saved: Entry = { kind: 'saved', versionId: 'ver_0123456789abcdefghjk', refused: null }
const merged = (...conflicts: string[]): Entry => ({ kind: 'merged', versionId: null, files: [], conflicts })
const unsaved: Entry = { kind: 'saved', versionId: null, refused: null }

const moves: [name: string, history: Entry[], move: object][] = [
  ['a question goes to the model', [asked], { move: 'ask' }],
  [
    'the calls of a reply are made',
    [asked, replied('calls')],
    { move: 'use', calls: [{ id: 'toolu_1', tool: 'write' }] },
  ],
  ['the results of tools go back to the model', [asked, replied('calls'), used(1)], { move: 'ask' }],
  [
    'changed files are checked when the model is done',
    [asked, replied('calls'), used(1), replied('done')],
    { move: 'check' },
  ],
  ['an answer without changes needs no check', [asked, replied('calls'), used(0), replied('done')], { move: 'save' }],
  [
    'a reply cut off is taken up again',
    [asked, replied('length')],
    {
      move: 'tell',
      text: 'Your reply was cut off because it was too long. Go on from there, in smaller pieces.',
      repair: false,
    },
  ],
  [
    'what a person changed meanwhile is checked together with it',
    [asked, replied('calls'), used(1), replied('done'), checked(true), merged()],
    { move: 'check' },
  ],
  [
    'the model is told once where a person’s lines stand instead of its own',
    [asked, replied('calls'), used(1), replied('done'), checked(true), merged('a.css')],
    {
      move: 'tell',
      text:
        'While you worked, a person changed the same lines as you in a.css. Their version stands there now. ' +
        'Read these files, and do again what the request still needs, without undoing what the person changed.',
      repair: false,
    },
  ],
  [
    'a second time it is only checked',
    [asked, used(1), replied('done'), checked(true), merged('a.css'), replied('done'), checked(true), merged('a.css')],
    { move: 'check' },
  ],
  [
    'a run that failed takes up what a person changed, and is saved',
    [asked, replied('calls'), used(1), { kind: 'halted', code: 'out_of_time' }, merged('a.css')],
    { move: 'save' },
  ],
  [
    'and it still failed for its own reason',
    [asked, used(1), { kind: 'halted', code: 'out_of_time' }, merged('a.css'), saved],
    {
      move: 'stop',
      failure: 'out_of_time',
      diagnosis: null,
      question: null,
      answer: '',
      versionId: 'ver_0123456789abcdefghjk',
    },
  ],
  ['a passed check is saved', [asked, replied('calls'), used(1), replied('done'), checked(true)], { move: 'save' }],
  [
    'a failed check is told to the model',
    [asked, replied('calls'), used(1), replied('done'), checked(false)],
    {
      move: 'tell',
      text: 'Checks failed:\nsrc/App.tsx: no such name',
      repair: true,
    },
  ],
  [
    'repairs end at their limit, and the code is kept',
    [
      asked,
      replied('done'),
      failed(noName),
      repair,
      replied('done'),
      failed(noType),
      repair,
      replied('done'),
      failed(noPage),
    ],
    { move: 'save' },
  ],
  [
    'a failure that its repair did not mend ends the repairs',
    [asked, replied('done'), failed(noName), repair, replied('done'), failed(noType, noName)],
    { move: 'save' },
  ],
  [
    'a failure that comes back after another was mended ends them too',
    [
      asked,
      replied('done'),
      failed(noName),
      repair,
      replied('done'),
      failed(noType),
      repair,
      replied('done'),
      failed(noName),
    ],
    { move: 'save' },
  ],
  [
    'another failure than before is told to the model',
    [asked, replied('done'), failed(noName), repair, replied('done'), failed(noPage)],
    { move: 'tell', text: 'Checks failed:\nsrc/App.tsx: no such name', repair: true },
  ],
  [
    'no repair begins without a step left',
    [
      asked,
      replied('calls'),
      used(1),
      replied('calls'),
      used(1),
      replied('calls'),
      used(1),
      replied('done'),
      checked(false),
    ],
    { move: 'save' },
  ],
  [
    'the last step is saved, not continued',
    [asked, ...Array.from({ length: 4 }, () => [replied('calls'), used(1)]).flat()],
    { move: 'save' },
  ],
  [
    'what was made before a halt is saved',
    [asked, replied('calls'), { kind: 'halted', code: 'out_of_time' }],
    { move: 'save' },
  ],
  ['a refusal is saved without a check', [asked, replied('calls'), used(1), replied('refused')], { move: 'save' }],
]

for (const [name, history, move] of moves) test(name, () => assert.deepEqual(next(history, limits), move))

const endings: [name: string, history: Entry[], end: object][] = [
  [
    'a checked and saved generation succeeds with its last words',
    [asked, replied('calls', 'First'), used(1), replied('done'), checked(true), saved],
    {
      failure: null,
      answer: 'Here it is.',
      versionId: 'ver_0123456789abcdefghjk',
    },
  ],
  [
    'an answer without a version succeeds too',
    [asked, replied('done'), unsaved],
    { failure: null, answer: 'Here it is.', versionId: null },
  ],
  [
    'code that fails its checks is kept and said to fail',
    [asked, replied('done'), checked(false), saved],
    {
      failure: 'checks_failed',
      diagnosis: { check: 'typecheck', message: 'src/App.tsx: no such name', tries: 0 },
      answer: 'Here it is.',
      versionId: 'ver_0123456789abcdefghjk',
    },
  ],
  [
    'a failure that came back is diagnosed, with the tries it took',
    [asked, replied('done'), failed(noName), repair, replied('done'), failed(noPage, noName), saved],
    {
      failure: 'same_error',
      diagnosis: { check: 'typecheck', message: 'src/App.tsx: no such name', tries: 1 },
      answer: 'Here it is.',
      versionId: 'ver_0123456789abcdefghjk',
    },
  ],
  [
    'too many steps is said',
    [asked, replied('calls', ''), used(1), saved],
    {
      failure: 'too_many_steps',
      answer: '',
      versionId: 'ver_0123456789abcdefghjk',
    },
  ],
  [
    'a halt keeps its reason',
    [asked, { kind: 'halted', code: 'budget_used_up' }, unsaved],
    {
      failure: 'budget_used_up',
      answer: '',
      versionId: null,
    },
  ],
  [
    'a declined request is said',
    [asked, replied('refused', ''), unsaved],
    { failure: 'model_refused', answer: '', versionId: null },
  ],
  [
    'a commit that was refused is said before all',
    [asked, replied('done'), checked(true), { kind: 'saved', versionId: null, refused: 'overtaken' }],
    {
      failure: 'overtaken',
      answer: 'Here it is.',
      versionId: null,
    },
  ],
]

for (const [name, history, end] of endings) {
  test(name, () => assert.deepEqual(next(history, limits), { move: 'stop', diagnosis: null, question: null, ...end }))
}

test('requests are repairs from the first failed check on', () => {
  assert.equal(purposeOf([asked, replied('calls'), used(1)]), 'work')
  assert.equal(purposeOf([asked, replied('done'), checked(true)]), 'work')
  assert.equal(purposeOf([asked, replied('done'), checked(false), repair]), 'repair')
  assert.equal(purposeOf([asked, replied('done'), checked(false), repair, replied('calls'), used(1)]), 'repair')
})

test('a step is one reply and its tools', () => {
  assert.equal(stepOf([asked]), 1)
  assert.equal(stepOf([asked, replied('calls')]), 1)
  assert.equal(stepOf([asked, replied('calls'), used(1)]), 2)
  assert.equal(stepOf([asked, replied('calls'), used(1), replied('done')]), 2)
})
