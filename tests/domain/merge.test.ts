import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileEntry } from '../../lib/contract/version.ts'
import { mergeLines } from '../../lib/contract/merge-lines.ts'
import { mergeTrees } from '../../lib/domain/merge.ts'
import { cpuMs } from '../world/cpu.ts'

const base = 'one\ntwo\nthree\nfour\n'

test('changes at different places stand together', () => {
  const ours = 'one\ntwo\nthree\nFOUR\n'
  assert.deepEqual(mergeLines({ base, ours, theirs: 'zero\none\ntwo\nthree\nfour\n' }), {
    text: 'zero\none\ntwo\nthree\nFOUR\n',
    conflict: false,
  })
  assert.deepEqual(mergeLines({ base, ours, theirs: ours }), { text: ours, conflict: false })
})

test('where both changed the same lines, the person’s stand, and it is said', () => {
  const merged = mergeLines({ base, ours: 'one\nmine\nthree\nfour\nfive\n', theirs: 'one\nTHEIRS\nthree\nfour\n' })
  assert.deepEqual(merged, { text: 'one\nTHEIRS\nthree\nfour\nfive\n', conflict: true })
  const removed = mergeLines({ base, ours: 'one\ntwo!\nthree\nfour\n', theirs: 'one\nthree\nfour\n' })
  assert.deepEqual(removed, { text: 'one\nthree\nfour\n', conflict: true })
})

test('line ends, a missing last newline and other scripts stay as they are', () => {
  const merged = mergeLines({ base: 'a\r\nb\r\nc', ours: 'A\r\nb\r\nc', theirs: 'a\r\nb\r\nç 🍵' })
  assert.deepEqual(merged, { text: 'A\r\nb\r\nç 🍵', conflict: false })
  assert.deepEqual(mergeLines({ base: '', ours: '', theirs: 'x' }), { text: 'x', conflict: false })
  assert.deepEqual(mergeLines({ base: 'x', ours: '', theirs: 'x' }), { text: '', conflict: false })
})

test('a long file of equal lines is merged at once', () => {
  const lines = Array.from({ length: 20_000 }, (_, n) => (n % 7 === 0 ? '}\n' : `line ${n}\n`))
  const ours = [...lines, 'mine\n'].join('')
  const theirs = ['theirs\n', ...lines].join('')
  const took = cpuMs(() => {
    const merged = mergeLines({ base: lines.join(''), ours, theirs })
    assert.equal(merged.text, ['theirs\n', ...lines, 'mine\n'].join(''))
  })
  assert.ok(took < 4_000, `${took} ms`)
})

/** A generator that a failing test can be repeated with. */
function randomFrom(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function edited(lines: readonly string[], name: string, random: (below: number) => number): string[] {
  const result = [...lines]
  for (let n = random(6); n >= 0; n--) {
    const at = random(result.length + 1)
    const cut = random(3)
    const fresh = Array.from({ length: random(3) }, (_, k) => `${name} ${n} ${k} ${random(1_000_000)}\n`)
    result.splice(at, cut, ...fresh)
  }
  return result
}

test('no line that a person wrote is ever lost, and no conflict goes unsaid', () => {
  for (let seed = 1; seed <= 2_000; seed++) {
    const random = randomFrom(seed)
    const lines = Array.from({ length: random(30) }, (_, n) => (random(3) === 0 ? '}\n' : `base ${n}\n`))
    const [ours, theirs] = [edited(lines, 'model', random), edited(lines, 'person', random)]
    const merged = mergeLines({ base: lines.join(''), ours: ours.join(''), theirs: theirs.join('') })
    const kept = merged.text.split(/(?<=\n)/)
    const persons = theirs.filter((line) => line.startsWith('person'))
    assert.deepEqual(
      kept.filter((line) => line.startsWith('person')),
      persons,
      `seed ${seed}`,
    )
    const models = ours.filter((line) => line.startsWith('model'))
    if (!merged.conflict)
      assert.deepEqual(
        kept.filter((line) => line.startsWith('model')),
        models,
        `seed ${seed}`,
      )
  }
})

const file = (path: string, content: string, mode: FileEntry['mode'] = '100644'): FileEntry => ({
  path,
  sha256: content.repeat(64).slice(0, 64),
  size: 1,
  mode,
})

test('trees are merged path by path', () => {
  const was = ['same', 'mine', 'theirs', 'both', 'gone', 'kept'].map((path) => file(path, '0'))
  const ours = [file('same', '0'), file('mine', '1'), file('theirs', '0'), file('both', '1'), file('gone', '1')]
  const theirs = [file('same', '0'), file('mine', '0'), file('theirs', '2'), file('both', '2'), file('kept', '2')]
  assert.deepEqual(mergeTrees({ base: was, ours, theirs: [...theirs, file('new', '3')] }), [
    { path: 'both', base: file('both', '0'), ours: file('both', '1'), theirs: file('both', '2') },
    { path: 'gone', take: null, conflict: true },
    { path: 'kept', take: file('kept', '2'), conflict: true },
    { path: 'mine', take: file('mine', '1'), conflict: false },
    { path: 'new', take: file('new', '3'), conflict: false },
    { path: 'same', take: file('same', '0'), conflict: false },
    { path: 'theirs', take: file('theirs', '2'), conflict: false },
  ])
})

test('modes are merged too, and a file gives way to a folder of a person', () => {
  assert.deepEqual(
    mergeTrees({ base: [file('run', '0')], ours: [file('run', '0', '100755')], theirs: [file('run', '2')] }),
    [{ path: 'run', take: file('run', '2', '100755'), conflict: false }],
  )
  assert.deepEqual(mergeTrees({ base: [], ours: [file('a', '1')], theirs: [file('a/b', '2')] }), [
    { path: 'a', take: null, conflict: true },
    { path: 'a/b', take: file('a/b', '2'), conflict: false },
  ])
  assert.deepEqual(mergeTrees({ base: [], ours: [file('a/b', '1')], theirs: [file('a', '2')] }), [
    { path: 'a', take: file('a', '2'), conflict: false },
    { path: 'a/b', take: null, conflict: true },
  ])
})
