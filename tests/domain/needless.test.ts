import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countNeedless } from '../../lib/domain/needless.ts'
import { touchesOf, type RecordedRun } from '../../lib/domain/touches.ts'

const before = 'one\ntwo\nthree\nfour\n'
const change = (from: string | null, to: string | null, whole = false) => ({
  path: 'a.ts',
  before: from,
  after: to,
  whole,
})

test('a new file and a change of what had to change are needed', () => {
  assert.deepEqual(countNeedless([change(null, before)]), { touched: 4, needless: 0 })
  assert.deepEqual(countNeedless([change(before, 'one\nTWO\nthree\nfour\n')]), { touched: 2, needless: 0 })
  assert.deepEqual(countNeedless([change(before, null)]), { touched: 4, needless: 0 })
})

test('lines written anew as they were are needless', () => {
  assert.deepEqual(countNeedless([change(before, 'one\nTWO\nthree\nfour\n', true)]), { touched: 8, needless: 6 })
  assert.deepEqual(countNeedless([change(before, before, true)]), { touched: 8, needless: 8 })
})

test('what was changed and changed back is needless, and so is white space', () => {
  const there = 'one\nTWO\nthree\nfour\n'
  assert.deepEqual(countNeedless([change(before, there), change(there, before)]), { touched: 4, needless: 4 })
  assert.deepEqual(countNeedless([change(before, 'one\n  two\nthree \nfour\n')]), { touched: 4, needless: 4 })
  assert.deepEqual(countNeedless([change(before, 'one\r\ntwo\r\nthree\r\nfour\r\n')]), { touched: 8, needless: 8 })
})

test('a recording tells each change of its tools', () => {
  const file = (path: string, sha256: string) => ({ path, sha256, size: 1, mode: '100644' as const })
  const texts: Record<string, string> = { a: before, b: 'one\nTWO\nthree\n', c: 'by command\n' }
  const run: RecordedRun = {
    start: [file('list.txt', 'a')],
    textOf: (sha256) => texts[sha256],
    steps: [
      {
        drift: [],
        tools: [
          { name: 'edit', ok: true, input: { file_path: './list.txt', old_string: 'two', new_string: 'TWO' } },
          { name: 'edit', ok: false, input: { file_path: 'list.txt', old_string: 'one', new_string: 'ONE' } },
          {
            name: 'write',
            ok: true,
            input: { file_path: '/home/app/project/list.txt', content: 'one\nTWO\nthree\n' },
          },
          { name: 'bash', ok: true, input: { command: 'echo by command > new.txt' } },
        ],
        changes: [
          { path: 'list.txt', file: file('list.txt', 'b') },
          { path: 'new.txt', file: file('new.txt', 'c') },
        ],
      },
    ],
  }
  const touches = touchesOf(run)
  assert.deepEqual(
    touches.map(({ path, whole, after }) => [path, whole, after]),
    [
      ['list.txt', false, 'one\nTWO\nthree\nfour\n'],
      ['list.txt', true, 'one\nTWO\nthree\n'],
      ['new.txt', false, 'by command\n'],
    ],
  )
  // Two by the edit, seven by writing it anew, one by the command; three and one were needed.
  assert.deepEqual(countNeedless(touches), { touched: 10, needless: 6 })
})
