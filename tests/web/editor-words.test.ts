import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { CompletionContext } from '@codemirror/autocomplete'
import { EditorSelection, EditorState } from '@codemirror/state'
import { nearbyWords } from '../../web/src/lib/code/editor/nearby-words.ts'
import { selections } from '../../web/src/lib/code/editor/selections.ts'

/** The words that are offered where `|` stands; null where none are. */
function offered(text: string, explicit = false): string[] | null {
  const pos = text.indexOf('|')
  const doc = text.slice(0, pos) + text.slice(pos + 1)
  const found = nearbyWords(new CompletionContext(EditorState.create({ doc }), pos, explicit))
  return found && found.options.map(({ label }) => label)
}

test('words that begin as what is typed are offered once each, small and large, before and behind', () => {
  deepEqual(offered('later Lantern other\nla|\nladder later xlarge'), ['later', 'Lantern', 'ladder'])
})

test('what is being typed is not offered itself', () => {
  deepEqual(offered('la|'), [])
})

test('words of other alphabets are whole words', () => {
  deepEqual(offered('äußern Äpfel\nä|'), ['äußern', 'Äpfel'])
})

test('nothing is offered for a number, nor where no word begins', () => {
  equal(offered('100\n1|'), null)
  equal(offered('later (|)'), null)
})

test('asked for before a letter is typed, all words are offered but numbers', () => {
  deepEqual(offered('later 12 other\n|', true), ['later', 'other'])
})

test('a word too far away is not looked for', () => {
  const far = `${'.'.repeat(30_000)}\n`
  deepEqual(offered(`later\n${far}ladder\nla|\n${far}last`), ['ladder'])
})

test('several carets stay several, and are one again', () => {
  const one = EditorState.create({ doc: 'one two', extensions: selections })
  const two = one.update({ selection: EditorSelection.create([EditorSelection.cursor(0), EditorSelection.cursor(4)]) })
  equal(two.state.selection.ranges.length, 2)
  equal(two.reconfigured, true)
  const typed = two.state.update(two.state.replaceSelection('x'))
  equal(typed.state.doc.toString(), 'xone xtwo')
  equal(typed.reconfigured, false)
  equal(typed.state.update({ selection: { anchor: 0 } }).reconfigured, true)
})
