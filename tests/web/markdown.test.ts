import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageOf } from '../../web/src/lib/conversation/markdown.ts'

const p = (...parts: unknown[]) => ({ tag: 'p', parts })

test('words, lists and headings become elements', () => {
  assert.deepEqual(pageOf('## Done\n\nIt **works**, `now`.'), [
    { tag: 'h2', parts: ['Done'] },
    p('It ', { tag: 'strong', parts: ['works'] }, ', ', { tag: 'code', parts: ['now'] }, '.'),
  ])
  assert.deepEqual(pageOf('3. one\n4. two'), [
    {
      tag: 'ol',
      attributes: { start: 3 },
      parts: [
        { tag: 'li', parts: ['one'] },
        { tag: 'li', parts: ['two'] },
      ],
    },
  ])
  assert.deepEqual(pageOf('- [x] one'), [{ tag: 'ul', parts: [{ tag: 'li', parts: ['☑ ', 'one'] }] }])
})

test('a table has a head and a body, and may break a line in a cell', () => {
  const cell = (tag: string, ...parts: unknown[]) => ({ tag, parts })
  assert.deepEqual(pageOf('| a |\n| - |\n| 1<br>2 |'), [
    {
      tag: 'table',
      parts: [
        { tag: 'thead', parts: [cell('tr', cell('th', 'a'))] },
        { tag: 'tbody', parts: [cell('tr', cell('td', '1', { tag: 'br' }, '2'))] },
      ],
    },
  ])
})

test('code keeps each sign as it was written', () => {
  assert.deepEqual(pageOf('```ts run\n<b>&amp;</b>\n```'), [{ language: 'ts', code: '<b>&amp;</b>' }])
})

test('markup of the model stays words: nothing of it is an element', () => {
  const evil = '<script>alert(1)</script>'
  assert.deepEqual(pageOf(evil), [evil])
  assert.deepEqual(pageOf('a <img src=x onerror=alert(1)> b'), [p('a ', '<img src=x onerror=alert(1)>', ' b')])
})

test('signs that are written as entities are shown as what they stand for', () => {
  assert.deepEqual(pageOf('Tom &amp; &#60;b&gt; &constructor; AT&T'), [p('Tom & <b> &constructor; AT&T')])
})

test('a link leads to the web or nowhere, and an image is its words', () => {
  const attributes = { href: 'https://a.example', target: '_blank', rel: 'noopener noreferrer' }
  assert.deepEqual(pageOf('[a](https://a.example)'), [p({ tag: 'a', attributes, parts: ['a'] })])
  for (const bad of [
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    '//a.example',
    'java\tscript:a',
  ]) {
    const shown = JSON.stringify(pageOf(`[a](<${bad}>)`))
    assert.ok(!shown.includes('href'), `${bad} is a link: ${shown}`)
  }
  assert.deepEqual(pageOf('![a cat](https://a.example/cat.png)'), [p('a cat')])
})
