import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMessage, withError, type SeenError } from '../../web/src/lib/preview/frame-messages.ts'

const element = { selector: '#list > li', tag: 'li', text: 'Milk', html: '<li>Milk</li>' }
const error = { source: 'console', message: 'It broke', detail: 'at add (App.tsx:3)' } as const

test('an element that somebody pointed at becomes what a request can point at, and nothing beside it is kept', () => {
  assert.deepEqual(readMessage({ everjust: 'picked', element: { ...element, more: 1 } }), {
    kind: 'picked',
    element: { kind: 'element', selector: '#list > li', tag: 'li', text: 'Milk', html: '<li>Milk</li>' },
    edit: null,
  })
})

test('an error of the app becomes what a request can point at', () => {
  assert.deepEqual(readMessage({ everjust: 'error', ...error, kind: 'image' }), {
    kind: 'error',
    error: { kind: 'error', source: 'console', message: 'It broke', detail: 'at add (App.tsx:3)' },
  })
})

test('where an element was written is heard, and what of it can be changed', () => {
  const box = { left: 8, top: 0, right: 90, bottom: 40 }
  const edit = { id: 3, styles: { color: 'red', padding: 7 }, words: 'Milk', box }
  const heard = readMessage({ everjust: 'picked', element: { ...element, source: 'src/App.tsx:4:7' }, edit })
  assert.deepEqual(heard?.kind === 'picked' && heard.edit, {
    id: 3,
    source: 'src/App.tsx:4:7',
    tag: 'li',
    styles: { color: 'red' },
    words: 'Milk',
    box,
  })
})

test('what the app writes, asks for and where it is are heard, and nothing beside them', () => {
  const request = { method: 'GET', url: '/tea', status: 404, ms: 12 }
  assert.deepEqual(readMessage({ everjust: 'request', ...request, body: 'x' }), { kind: 'request', request })
  assert.deepEqual(readMessage({ everjust: 'log', level: 'warn', text: 'few', place: 'src/a.ts:1:2' }), {
    kind: 'log',
    line: { level: 'warn', text: 'few', place: 'src/a.ts:1:2' },
  })
  assert.deepEqual(readMessage({ everjust: 'route', path: '/tea', links: ['/', 'https://evil.example', 7] }), {
    kind: 'route',
    route: { path: '/tea', links: ['/'], back: false, forward: false },
  })
})

const refused: [string, unknown][] = [
  ['a line of no known level', { everjust: 'log', level: 'shout', text: 'x' }],
  ['a line that is too long', { everjust: 'log', level: 'log', text: 'x'.repeat(2_001) }],
  ['a request with a status that is none', { everjust: 'request', method: 'GET', url: '/', status: -1, ms: 1 }],
  ['a place outside the app', { everjust: 'route', path: 'https://evil.example', links: [] }],
  ['a picture that is no bytes', { everjust: 'picture', bytes: 'data:image/png,x' }],
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
