import assert from 'node:assert/strict'
import { test } from 'node:test'
import { editSource } from '../../web/src/lib/edits/direct-edit.ts'
import type { DirectChange, Refusal } from '../../web/src/lib/edits/direct-change.ts'

interface Case {
  says: string
  code: string
  change: Partial<DirectChange>
  path?: string
  tailwind?: boolean
}

const edit = ({ code, change, path = 'src/App.tsx', tailwind = true }: Omit<Case, 'says'>) => {
  const whole = { line: 2, column: 3, tag: 'p', words: 'Hello', styles: {}, ...change }
  return editSource({ path, code, tailwind }, [whole])
}
const jsx = (element: string) => `export const App = () => (\n  ${element}\n)\n`
const page = (element: string) => `<!doctype html>\n  ${element}\n<footer>é</footer>\n`

const written: (Omit<Case, 'code'> & { from: string; to: string })[] = [
  { says: 'words', from: '<p>Hello</p>', to: '<p>Good day</p>', change: { text: ' Good day ' } },
  {
    says: 'words that mean something in code',
    from: '<p>Hello</p>',
    to: '<p>a &lt; &#123;b&#125; &amp; c</p>',
    change: { text: 'a < {b} & c' },
  },
  {
    says: 'words on lines of their own',
    from: '<p>\n    Hello\n  </p>',
    to: '<p>\n    Bye\n  </p>',
    change: { text: 'Bye' },
  },
  { says: 'words over two lines', from: '<p>Hel\n lo</p>', to: '<p>Bye</p>', change: { words: 'Hel lo', text: 'Bye' } },
  {
    says: 'words with entities',
    from: '<p>A &amp; B&#33;</p>',
    to: '<p>C</p>',
    change: { words: 'A & B!', text: 'C' },
  },
  { says: 'a string in braces', from: "<p>{'Hello'}</p>", to: "<p>{'it\\'s {so}'}</p>", change: { text: "it's {so}" } },
  {
    says: 'a string on a line of its own',
    from: '<p>\n {"Hello"}\n</p>',
    to: '<p>\n {"Bye"}\n</p>',
    change: { text: 'Bye' },
  },
  {
    says: 'an element on a line that it shares',
    from: '<div><p>x</p> <p>Hello</p></div>',
    to: '<div><p>x</p> <p>B</p></div>',
    change: { column: 17, text: 'B' },
  },
  {
    says: 'one alone on its line, its column off',
    from: '<p>Hello</p>',
    to: '<p>B</p>',
    change: { column: 9, text: 'B' },
  },
  {
    says: 'a component inside of which nothing is touched',
    from: '<Card x={() => 1}><p>Hello</p></Card>',
    to: '<Card x={() => 1}><p>B</p></Card>',
    change: { text: 'B' },
  },
  {
    says: 'a colour among classes, and not the size, the alignment or what holds under the pointer',
    from: '<p className="a  text-sm/6 text-ink text-center hover:text-red-500 text-balance">Hello</p>',
    to: '<p className="a  text-sm/6 text-[#1a2b3c] text-center hover:text-red-500 text-balance">Hello</p>',
    change: { styles: { color: '#1a2b3c' } },
  },
  {
    says: 'a size, which keeps the height of its lines',
    from: '<p className="text-sm/6 text-ink">Hello</p>',
    to: '<p className="text-[18px]/6 text-ink">Hello</p>',
    change: { styles: { 'font-size': '18px' } },
  },
  {
    says: 'a padding in place of all that there were',
    from: '<p className="px-4 flex py-2 sm:p-8">Hello</p>',
    to: '<p className="p-[4px_8px] flex sm:p-8">Hello</p>',
    change: { styles: { padding: '4px 8px' } },
  },
  {
    says: 'a background, and not where a picture lies',
    from: "<p className={'bg-cover bg-white/50 -mt-2 rounded'}>Hello</p>",
    to: "<p className={'bg-cover bg-[#ffffff] m-[0] rounded-[3px]'}>Hello</p>",
    change: { styles: { 'background-color': '#ffffff', margin: '0', 'border-radius': '3px' } },
  },
  {
    says: 'weight and alignment by name',
    from: '<p className="font-mono font-bold">Hello</p>',
    to: '<p className="font-mono font-medium text-center">Hello</p>',
    change: { styles: { 'font-weight': '500', 'text-align': 'center' } },
  },
  {
    says: 'words and looks at once',
    from: '<p id="x" className="text-ink">Hello</p>',
    to: '<p id="x" className="text-[#111]">B</p>',
    change: { text: 'B', styles: { color: '#111' } },
  },
  {
    says: 'looks without classes',
    from: '<p>Hello</p>',
    to: "<p style={{ color: '#111', fontWeight: 600 }}>Hello</p>",
    change: { styles: { color: '#111', 'font-weight': '600' } },
  },
  {
    says: 'looks without Tailwind',
    tailwind: false,
    from: '<p className="text-ink">Hello</p>',
    to: '<p style={{ color: \'#111\' }} className="text-ink">Hello</p>',
    change: { styles: { color: '#111' } },
  },
  {
    says: 'looks beside classes that are made',
    from: '<p className={c}>Hello</p>',
    to: "<p style={{ color: '#111' }} className={c}>Hello</p>",
    change: { styles: { color: '#111' } },
  },
  {
    says: 'a plain style object',
    from: "<p style={{ color: 'red', margin: x }}>Hello</p>",
    to: "<p style={{ color: '#111', margin: x, fontSize: '2rem' }}>Hello</p>",
    change: { styles: { color: '#111', 'font-size': '2rem' } },
  },
  {
    says: 'an empty style object',
    from: '<p style={{}}>Hello</p>',
    to: "<p style={{ color: '#111' }}>Hello</p>",
    change: { styles: { color: '#111' } },
  },
  {
    says: 'an element without content',
    from: '<img src="a" />',
    to: `<img style={{ padding: '4px' }} src="a" />`,
    change: { tag: 'img', words: null, styles: { padding: '4px' } },
  },
]

for (const { says, from, to, ...more } of written) {
  test(`code of JSX follows: ${says}`, async () => {
    assert.deepEqual(await edit({ code: jsx(from), ...more }), { code: jsx(to), refused: null })
  })
}

const pages: [string, string, string, Partial<DirectChange>][] = [
  ['words', '<p>Hello</p>', '<p>a &lt; b {c}</p>', { text: 'a < b {c}' }],
  ['words with entities', '<p> Fish &amp; chips </p>', '<p> Tea </p>', { words: 'Fish & chips', text: 'Tea' }],
  ['an element that nothing closes', '<li>Hello\n  <li>two', '<li>Bye\n  <li>two', { tag: 'li', text: 'Bye' }],
  ['looks', '<p class=a>Hello</p>', '<p style="color: #111" class=a>Hello</p>', { styles: { color: '#111' } }],
  [
    'looks beside others',
    "<p style='color: red; top: 0;'>Hello</p>",
    "<p style='top: 0; color: #111; padding: 1px'>Hello</p>",
    { styles: { color: '#111', padding: '1px' } },
  ],
]

for (const [says, from, to, change] of pages) {
  test(`code of a page follows: ${says}`, async () => {
    assert.deepEqual(await edit({ path: 'index.html', code: page(from), change }), { code: page(to), refused: null })
  })
}

const colour = { styles: { color: '#111' } }
const refused: [Refusal, string, string, Partial<DirectChange>][] = [
  ['text', 'words with a value in them', '<p>Hello {name}</p>', { text: 'B' }],
  ['text', 'words that are a value', '<p>{hello}</p>', { text: 'B' }],
  ['text', 'words with an element beside', '<p>Hello<b>!</b></p>', { text: 'B' }],
  ['text', 'a string that is put together', "<p>{'Hel' + 'lo'}</p>", { text: 'B' }],
  ['text', 'no words', '<p></p>', { text: 'B' }],
  ['words', 'other words than were seen', '<p>Goodbye</p>', { text: 'B' }],
  ['words', 'an entity that nobody knows', '<p>Hello&thetasym;</p>', { text: 'B' }],
  ['empty', 'no new words', '<p>Hello</p>', { text: '  ' }],
  ['place', 'another tag', '<h1>Hello</h1>', { text: 'B' }],
  ['place', 'a line that is not there', '<p>Hello</p>', { line: 90, text: 'B' }],
  ['place', 'two on the line, and the column at neither', '<b><p>Hello</p><p>x</p></b>', { column: 5, text: 'B' }],
  ['style', 'properties that are spread', '<p className="a" {...more}>Hello</p>', colour],
  ['style', 'a style that is made', '<p style={look}>Hello</p>', colour],
  ['style', 'a style with more spread into it', '<p style={{ ...look }}>Hello</p>', colour],
  ['style', 'a colour that is made', '<p style={{ color: x }}>Hello</p>', colour],
  [
    'style',
    'a padding beside a part of it',
    "<p style={{ paddingTop: '1px' }}>Hello</p>",
    { styles: { padding: '1px' } },
  ],
  ['auto', 'a margin that centres', '<p className="mx-auto">Hello</p>', { styles: { margin: '1px' } }],
  ['value', 'a value that is code', '<p className="a">Hello</p>', { styles: { padding: '1px" onClick="x' } }],
]

for (const [reason, says, element, change] of refused) {
  test(`code of JSX is left alone: ${says}`, async () => {
    assert.deepEqual(await edit({ code: jsx(element), change }), { code: null, refused: reason })
  })
}

test('what cannot be merged in a page is left alone, and so is what is no code of elements', async () => {
  const style = { code: page('<p style="background: url(a;b)">Hello</p>'), change: colour }
  assert.equal((await edit({ path: 'index.html', ...style })).refused, 'style')
  assert.equal((await edit({ path: 'src/App.vue', ...style })).refused, 'language')
})

test('several elements of a file change together, each at the place that it had', async () => {
  const code = 'const a = (\n  <ul>\n    <li>one</li><li>two</li>\n  </ul>\n)\r\n'
  const at = { tag: 'li', line: 3, styles: {} }
  const changes = [
    { ...at, column: 5, words: 'one', text: 'a much longer one' },
    { ...at, column: 17, words: 'two', text: '2' },
  ]
  const { code: edited } = await editSource({ path: 'a.jsx', code, tailwind: false }, changes)
  assert.equal(edited, code.replace('>one<', '>a much longer one<').replace('>two<', '>2<'))
})
