import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Zip, zipSync } from 'fflate'
import { pack } from '../../web/src/lib/code/zip/zip-entry.ts'
import { fromZip } from '../../web/src/lib/code/zip/zip-import.ts'

const text = (written: string) => new TextEncoder().encode(written)
const bring = async (files: Record<string, Uint8Array>) => {
  const brought = await fromZip(new Blob([new Uint8Array(zipSync(files))]))
  assert.ok(brought)
  return { paths: brought.files.map(({ path }) => path), skipped: brought.skipped }
}

test('the folder around a project is left off, and what systems leave lying about too', async () => {
  const { paths, skipped } = await bring({
    'tea/package.json': text('{}'),
    'tea/src/app.ts': text('1'),
    '__MACOSX/tea/._app.ts': text('x'),
    'tea/.DS_Store': text('x'),
  })
  assert.deepEqual(paths, ['package.json', 'src/app.ts'])
  assert.deepEqual(skipped, [])
  assert.deepEqual((await bring({ 'src/app.ts': text('1'), 'src/b.ts': text('2') })).paths, ['src/app.ts', 'src/b.ts'])
})

test('no path leads out of the project, and what is made anew stays out and is told', async () => {
  const { paths, skipped } = await bring({
    '../../etc/passwd': text('x'),
    '/absolute': text('x'),
    'a\\b': text('x'),
    '.git/config': text('x'),
    'node_modules/x/index.js': text('x'),
    'kept.txt': text('kept'),
  })
  assert.deepEqual(paths, ['kept.txt'])
  assert.deepEqual(
    skipped.map(({ path, why }) => [path, why]),
    [
      ['../../etc/passwd', 'path'],
      ['/absolute', 'path'],
      ['a\\b', 'path'],
      ['.git/config', 'reserved'],
      ['node_modules/x/index.js', 'reserved'],
    ],
  )
})

test('a zip that holds more than it says is not unpacked beyond that', async () => {
  const zip = zipSync({ 'bomb.txt': new Uint8Array(30 * 1024 * 1024) })
  assert.ok(zip.length < 100_000)
  assert.deepEqual((await fromZip(new Blob([new Uint8Array(zip)])))?.skipped, [{ path: 'bomb.txt', why: 'large' }])
  const lying = new Uint8Array(zip)
  const view = new DataView(lying.buffer)
  // The size that the central directory tells, from which readers take it.
  const directory = view.getUint32(lying.length - 6, true)
  view.setUint32(directory + 24, 10, true)
  const brought = await fromZip(new Blob([lying]))
  assert.ok((brought?.files[0]?.bytes.byteLength ?? 0) <= 10)
})

test('more files than a version may have stay out, each with its reason', async () => {
  const many = Object.fromEntries(Array.from({ length: 2_003 }, (_, at) => [`f${at}.txt`, text('x')]))
  const { paths, skipped } = await bring(many)
  assert.equal(paths.length, 2_000)
  assert.deepEqual(new Set(skipped.map(({ why }) => why)), new Set(['many']))
})

test('a program stays one, and a link stays out', async () => {
  const as = (mode: number) => ({ os: 3, attrs: mode << 16 })
  const zip = zipSync({
    'run.sh': [text('#!/bin/sh\n'), as(0o100755)],
    'read.md': [text('read'), as(0o100644)],
    'away.txt': [text('/etc/passwd'), as(0o120777)],
    'from-windows.sh': [text('x'), { os: 0, attrs: 0o100755 << 16 }],
  })
  const brought = await fromZip(new Blob([new Uint8Array(zip)]))
  assert.deepEqual(
    brought?.files.map(({ path, mode }) => [path, mode]),
    [
      ['run.sh', '100755'],
      ['read.md', '100644'],
      ['from-windows.sh', '100644'],
    ],
  )
  assert.deepEqual(brought.skipped, [{ path: 'away.txt', why: 'link' }])
})

test('what this site packs comes back as it was, its programs too', async () => {
  const files = [
    { path: 'run.sh', mode: '100755' as const, bytes: text('#!/bin/sh\n') },
    { path: 'täglich/ünï.txt', mode: '100644' as const, bytes: text('Tee\n'.repeat(500)) },
    { path: 'picture.png', mode: '100644' as const, bytes: new Uint8Array([137, 80, 78, 71, 0, 1, 2]) },
    { path: 'empty', mode: '100644' as const, bytes: new Uint8Array() },
  ]
  const parts: Uint8Array<ArrayBuffer>[] = []
  const zip = new Zip((error, part) => !error && parts.push(new Uint8Array(part)))
  for (const { bytes, ...entry } of files) pack(zip, entry, bytes)
  zip.end()
  const brought = await fromZip(new Blob(parts))
  assert.deepEqual(brought?.files, files)
})

test('a zip of thousands of files is unpacked in one go', async () => {
  const many = Object.fromEntries(Array.from({ length: 1_900 }, (_, at) => [`f${at}.txt`, text(`${at}`)]))
  let looks = 0
  const zip = new Uint8Array(zipSync(many))
  const { getUint32 } = DataView.prototype
  DataView.prototype.getUint32 = function (...place) {
    looks += 1
    return getUint32.apply(this, place)
  }
  try {
    assert.equal((await fromZip(new Blob([zip])))?.files.length, 1_900)
  } finally {
    DataView.prototype.getUint32 = getUint32
  }
  assert.ok(looks < 1_900 * 10, `the directory was looked at ${looks} times`)
})

test('what is no zip is not read', async () => {
  assert.equal(await fromZip(new Blob(['hello'])), null)
})
