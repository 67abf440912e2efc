import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMessage, withError, type SeenError } from '../../web/src/lib/preview/frame-messages.ts'

const element = { selector: '#list > li', tag: 'li', text: 'Milk', html: '<li>Milk</li>' }
const error = { source: 'console', message: 'It broke', detail: 'at add (App.tsx:3)' } as const

test('an element that somebody pointed at becomes what a request can point at, and nothing beside it is kept', () => {
  assert.deepEqual(readMessage({ everjust: 'picked', element: { ...element, more: 1 } }), {
    kind: 'picked',
    element: { kind: 'element', selector: '#list > li', tag: 'li', text: 'Milk', html: '<li>Milk</li>' },
  })
})

test('an error of the app becomes what a request can point at', () => {
  assert.deepEqual(readMessage({ everjust: 'error', ...error, kind: 'image' }), {
    kind: 'error',
    error: { kind: 'error', source: 'console', message: 'It broke', detail: 'at add (App.tsx:3)' },
  })
})

const refused: [string, unknown][] = [
  ['no object', 'picked'],
  ['nothing', null],
  ['a message of another program', { type: 'picked', element }],
  ['an unknown kind', { everjust: 'toString' }],
  ['an element that is none', { everjust: 'picked', element: 'li' }],
  ['an element without its text', { everjust: 'picked', element: { ...element, text: undefined } }],
  ['a tag that is markup', { everjust: 'picked', element: { ...element, tag: 'li onclick=x' } }],
  ['a tag that is too long', { everjust: 'picked', element: { ...element, tag: 'x'.repeat(81) } }],
  ['a selector that is too long', { everjust: 'picked', element: { ...element, selector: 'x'.repeat(2_001) } }],
  ['HTML that is too long', { everjust: 'picked', element: { ...element, html: 'x'.repeat(2_001) } }],
  ['an error of a check, which only the runner sees', { everjust: 'error', ...error, source: 'check' }],
  ['an error without words', { everjust: 'error', ...error, message: ' ' }],
  ['a message that is a number', { everjust: 'error', ...error, message: 7 }],
  ['a detail that is too long', { everjust: 'error', ...error, detail: 'x'.repeat(8_001) }],
]

for (const [what, sent] of refused) {
  test(`from the preview's frame is not heard: ${what}`, () => assert.equal(readMessage(sent), null))
}

test('an error is shown once, and twenty at most', () => {
  const first: SeenError = { kind: 'error', ...error }
  assert.deepEqual(withError([first], { ...first }), [first])
  let errors: readonly SeenError[] = []
  for (let number = 1; number <= 30; number++) errors = withError(errors, { ...first, message: `Error ${number}` })
  assert.equal(errors.length, 20)
  assert.equal(errors.at(-1)?.message, 'Error 20')
})
