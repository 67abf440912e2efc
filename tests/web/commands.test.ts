import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Command } from '../../web/src/lib/commands/commands.svelte.ts'
import { capsOf, strokeOf, writesNothing, type Pressed } from '../../web/src/lib/commands/keys.ts'
import { match } from '../../web/src/lib/commands/match.ts'
import { Shortcuts } from '../../web/src/lib/commands/shortcuts.ts'

const source = join(import.meta.dirname, '../../web/src')
const press = (key: string, code: string, down: Partial<Pressed> = {}): Pressed => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...down,
})

const strokes: [what: string, event: Pressed, mac: boolean, means: string | null][] = [
  ['Control and a letter', press('k', 'KeyK', { ctrlKey: true }), false, 'mod+k'],
  ['Command and a letter on a Mac', press('k', 'KeyK', { metaKey: true }), true, 'mod+k'],
  ['Control on a Mac, which is no Command', press('k', 'KeyK', { ctrlKey: true }), true, null],
  ['Alt and a digit that a Mac writes a sign for', press('¡', 'Digit1', { altKey: true }), true, 'alt+1'],
  ['a letter by its place on a Cyrillic layout', press('л', 'KeyK', { ctrlKey: true }), false, 'mod+k'],
  ['a letter where the layout has it', press('z', 'KeyY', { ctrlKey: true }), false, 'mod+z'],
  ['a question mark, wherever Shift is needed for it', press('?', 'Minus', { shiftKey: true }), false, '?'],
  ['a letter with Shift', press('P', 'KeyP', { ctrlKey: true, shiftKey: true }), false, 'mod+shift+p'],
  ['a modifier alone', press('Shift', 'ShiftLeft', { shiftKey: true }), false, null],
]

for (const [what, event, mac, means] of strokes) {
  test(`a press is understood: ${what}`, () => assert.equal(strokeOf(event, mac), means))
}

test('while somebody types, only what writes nothing may be a command', () => {
  assert.equal(writesNothing(press('g', 'KeyG'), false), false)
  assert.equal(writesNothing(press('k', 'KeyK', { ctrlKey: true }), false), true)
  assert.equal(writesNothing(press('[', 'Digit5', { altKey: true }), true), false)
  assert.equal(writesNothing(press('{', 'Digit7', { altKey: true, ctrlKey: true }), false), false)
})

const command = (id: string, keys: string): Command => ({ id, title: () => id, group: 'do', keys, run: () => {} })
const known = [command('home', 'g then h'), command('list', '?'), command('help', 'h')]

test('presses in a row mean a command when they follow each other soon', () => {
  const shortcuts = new Shortcuts()
  assert.equal(shortcuts.press('g', known, 0), 'waiting')
  assert.equal((shortcuts.press('h', known, 1_000) as Command).id, 'home')
  assert.equal(shortcuts.press('g', known, 2_000), 'waiting')
  assert.equal((shortcuts.press('h', known, 4_000) as Command).id, 'help')
})

test('a press that goes on with no row begins anew', () => {
  const shortcuts = new Shortcuts()
  shortcuts.press('g', known, 0)
  assert.equal((shortcuts.press('?', known, 10) as Command).id, 'list')
  assert.equal(shortcuts.press('x', known, 20), undefined)
})

test('the key caps of a command are those of the system', () => {
  assert.deepEqual(capsOf('mod+k', true), [['⌘', 'K']])
  assert.deepEqual(capsOf('mod+shift+p', false), [['Ctrl', 'Shift', 'P']])
  assert.deepEqual(capsOf('g then h', false), [['G'], ['H']])
})

test('a query finds titles by their words, their beginnings and their letters in order, the closest first', () => {
  const titles = ['Reload the preview', 'Open the preview in a tab', 'Your projects', 'Übersicht anzeigen']
  const found = (query: string) =>
    titles
      .map((title) => ({ title, score: match(query, title)?.score ?? -Infinity }))
      .filter(({ score }) => score > -Infinity)
      .toSorted((a, b) => b.score - a.score)
      .map(({ title }) => title)
  assert.deepEqual(found('proj'), ['Your projects'])
  assert.deepEqual(found('PREVIEW'), ['Reload the preview', 'Open the preview in a tab'])
  assert.deepEqual(found('optab'), ['Open the preview in a tab'])
  assert.deepEqual(found('ubersicht'), ['Übersicht anzeigen'])
  assert.deepEqual(found('zzz'), [])
  assert.deepEqual(match('rtp', 'Reload the preview')?.marks, [0, 7, 11])
})

/** What is open together: the home or the workbench, each with what every page has. */
const pages = {
  home: (path: string) => /^lib\/(?:home|commands|shell|site)\//.test(path),
  workbench: (path: string) => !path.startsWith('lib/home/'),
}

for (const [page, has] of Object.entries(pages)) {
  test(`no two commands of the ${page} have the same keys, and none takes those of the browser`, () => {
    const found = globSync('**/*.{ts,svelte}', { cwd: source })
      .filter(has)
      .flatMap((path) =>
        [...readFileSync(join(source, path), 'utf8').matchAll(/\bkeys: '([^']+)'/g)].map(([, keys]) => keys ?? ''),
      )
    assert.ok(found.length > 4, 'the commands are found')
    const doubled = found.filter((keys, at) => found.indexOf(keys) !== at)
    const hidden = found.filter((keys) => found.some((longer) => longer.startsWith(`${keys} then `)))
    const browser = ['mod+t', 'mod+n', 'mod+w', 'mod+r', 'mod+l', 'mod+q', 'mod+shift+t', 'mod+shift+n', 'mod+shift+w']
    assert.deepEqual([doubled, hidden, found.filter((keys) => browser.includes(keys))], [[], [], []])
  })
}
