import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../lib/contract/ids.ts'
import { searchFiles } from '../../packages/v1/code/search-files.ts'
import { entry } from '../world/files.ts'

const plain = (text: string) => ({ text, case: true, word: false })
const numbered = (count: number, size: number) =>
  Array.from({ length: count }, (_, at) => ({ ...entry(`file-${at}.txt`, `${at}`), size }))

/** Storage in which files say the same, or what `content` says to each look, and which tells how it was asked. */
function openShop(content: string | ((read: number) => string), { onRead = () => {} } = {}) {
  const seen = { reads: 0, open: 0, most: 0 }
  const objects = {
    async get() {
      seen.reads += 1
      const said = typeof content === 'string' ? content : content(seen.reads)
      seen.open += 1
      seen.most = Math.max(seen.most, seen.open)
      onRead()
      await new Promise(setImmediate)
      seen.open -= 1
      return Buffer.from(said)
    },
  }
  return { objects, seen, projectId: newId('project'), now: () => new Date(0) }
}

test('two thousand files are all read, a few at once', async () => {
  const { seen, ...shop } = openShop('nothing here')
  const found = await searchFiles({ ...shop, files: numbered(2_000, 12) }, plain('tea'), '')
  assert.deepEqual(found, { files: [], partial: null })
  assert.deepEqual([seen.reads, seen.most], [2_000, 16])
})

test('no more is read than an instance can bear, and the answer says so', async () => {
  const { seen, ...shop } = openShop('nothing here')
  const files = [...numbered(2_000, 100 * 1024), { ...entry('huge.txt', 'x'), size: 2 * 1024 * 1024 }]
  const found = await searchFiles({ ...shop, files }, plain('tea'), '')
  assert.equal(found.partial, 'bytes')
  assert.equal(seen.reads, Math.floor((32 * 1024) / 100))
})

test('one large file alone is told as not read, but for one that holds no text', async () => {
  const { seen, ...shop } = openShop('tea')
  const of = (path: string) => [{ ...entry(path, 'x'), size: 2 * 1024 * 1024 }]
  const found = async (path: string, include = '') =>
    (await searchFiles({ ...shop, files: of(path) }, plain('tea'), include)).partial
  assert.deepEqual(
    [await found('huge.sql'), await found('huge.sql', '*.ts'), await found('photo.JPG')],
    ['bytes', null, null],
  )
  assert.equal(seen.reads, 0)
})

test('no more is read than there is time for, and the answer says so', async () => {
  let clock = 0
  const { seen, ...shop } = openShop('tea', { onRead: () => (clock += 100) })
  const found = await searchFiles({ ...shop, now: () => new Date(clock), files: numbered(2_000, 3) }, plain('tea'), '')
  assert.equal(found.partial, 'time')
  assert.ok(seen.reads <= 12_000 / 100 + 1, String(seen.reads))
  assert.equal(found.files.length, seen.reads)
})

test('as many matches as are shown are no reason to stop, one more is', async () => {
  const exact = openShop('tea')
  assert.equal((await searchFiles({ ...exact, files: numbered(500, 3) }, plain('tea'), '')).partial, null)
  const { seen, ...shop } = openShop('tea tea')
  const found = await searchFiles({ ...shop, files: numbered(2_000, 7) }, plain('tea'), '')
  assert.equal(found.partial, 'matches')
  assert.equal(found.files.flatMap(({ matches }) => matches).length, 500)
  assert.ok(seen.reads < 300, String(seen.reads))
  const full = openShop((read) => (read === 1 ? 'tea '.repeat(500) : read <= 16 ? '' : 'tea'))
  assert.equal((await searchFiles({ ...full, files: numbered(100, 3) }, plain('tea'), '')).partial, 'matches')
})
