import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hunksBetween } from '../../lib/domain/diff.ts'
import { editsBetween } from '../../lib/contract/edits.ts'

const lines = (text: string) => (text === '' ? [] : text.split(' '))

test('a changed line stands between three lines on each side', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\n'
  assert.deepEqual(hunksBetween(before, before.replace('e', 'E')), [
    {
      oldStart: 2,
      newStart: 2,
      lines: [
        { kind: 'same', text: 'b' },
        { kind: 'same', text: 'c' },
        { kind: 'same', text: 'd' },
        { kind: 'removed', text: 'e' },
        { kind: 'added', text: 'E' },
        { kind: 'same', text: 'f' },
        { kind: 'same', text: 'g' },
        { kind: 'same', text: 'h' },
      ],
    },
  ])
})

test('far changes are two hunks, whose line numbers differ by what was added before', () => {
  const before = Array.from({ length: 30 }, (_, at) => `line ${at}`).join('\n')
  const after = `first\n${before.replace('line 29', 'last')}`
  const starts = hunksBetween(before, after).map(({ oldStart, newStart }) => [oldStart, newStart])
  assert.deepEqual(starts, [
    [1, 1],
    [27, 28],
  ])
})

test('equal texts have no hunks, a new text is all added', () => {
  assert.deepEqual(hunksBetween('same\n', 'same\n'), [])
  assert.deepEqual(hunksBetween('', 'x\n'), [{ oldStart: 1, newStart: 1, lines: [{ kind: 'added', text: 'x' }] }])
})

test('edits lead from the old lines to the new ones by the shortest way', () => {
  const edits = editsBetween(lines('a b c a b b a'), lines('c b a b a c'))
  assert.equal(edits.filter(({ kind }) => kind !== 'same').length, 5)
  assert.equal(sideOf(edits, 'added'), 'a b c a b b a')
  assert.equal(sideOf(edits, 'removed'), 'c b a b a c')
})

test('random texts: both sides can be read back from the edits', () => {
  let seed = 7
  const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below
  const text = () => Array.from({ length: random(40) }, () => String(random(6)))
  for (let round = 0; round < 500; round += 1) {
    const [before, after] = [text(), text()]
    const edits = editsBetween(before, after)
    assert.equal(sideOf(edits, 'added'), before.join(' '))
    assert.equal(sideOf(edits, 'removed'), after.join(' '))
  }
})

test('texts that differ everywhere are told as replaced, and not searched any longer when they are longer', () => {
  const wholly = (count: number) => {
    const numbered = (word: string) => Array.from({ length: count }, (_, at) => `${word} ${at}`)
    return roundsOf(() => {
      const edits = editsBetween(numbered('old'), numbered('new'))
      const kinds = edits.map(({ kind }) => kind)
      assert.deepEqual([kinds.indexOf('added'), kinds.lastIndexOf('removed')], [count, count - 1])
    })
  }
  const rounds = wholly(5_000)
  assert.ok(rounds > 100, String(rounds))
  assert.equal(wholly(20_000), rounds)
})

/** How often the search went one difference further: each time it keeps how far it came. */
function roundsOf(does: () => void): number {
  const { slice } = Int32Array.prototype
  let rounds = 0
  Int32Array.prototype.slice = function (...range) {
    rounds += 1
    return slice.apply(this, range)
  }
  try {
    does()
  } finally {
    Int32Array.prototype.slice = slice
  }
  return rounds
}

const sideOf = (edits: ReturnType<typeof editsBetween>, without: 'added' | 'removed') =>
  edits
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join(' ')
