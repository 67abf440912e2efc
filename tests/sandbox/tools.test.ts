import assert from 'node:assert/strict'
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { countLines } from '../../sandbox/tools/changes.ts'
import { bringModules } from '../../sandbox/tools/modules.ts'
import { openSnapshots } from '../../sandbox/tools/snapshot.ts'

function scratch(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'everjust-tools-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('changed lines are counted', () => {
  assert.deepEqual(countLines('', 'a\nb\n'), { added: 2, removed: 0 })
  assert.deepEqual(countLines('a\nb\nc\n', 'a\nB\nc\nd\n'), { added: 2, removed: 1 })
  assert.deepEqual(countLines('a\na\n', 'a\n'), { added: 0, removed: 1 })
  assert.deepEqual(countLines(null, 'a\n'), { added: 0, removed: 0 })
})

test('a snapshot holds what a version can hold, and names the rest', (t) => {
  const folder = scratch(t)
  for (const path of ['src', 'node_modules/x', 'src/node_modules', '.git', 'dist', '.vite'])
    mkdirSync(join(folder, path), { recursive: true })
  for (const path of [
    'src/a.ts',
    'node_modules/x/i.js',
    'src/node_modules/y.js',
    '.git/HEAD',
    'dist/o.js',
    'run.sh',
    'a\nb',
  ])
    writeFileSync(join(folder, path), 'x')
  chmodSync(join(folder, 'run.sh'), 0o755)
  symlinkSync('/etc/passwd', join(folder, 'link'))
  const { files, strays, over } = openSnapshots(folder).take()
  assert.deepEqual(files.map(({ path, mode, size }) => [path, mode, size]).toSorted(), [
    ['run.sh', '100755', 1],
    ['src/a.ts', '100644', 1],
  ])
  assert.deepEqual(strays.toSorted(), ['a\nb', 'link'])
  assert.equal(over, null)
})

test('a second look finds each change, also one of the same length', (t) => {
  const folder = scratch(t)
  const snapshots = openSnapshots(folder)
  writeFileSync(join(folder, 'a'), 'one\n')
  writeFileSync(join(folder, 'b'), 'b\n')
  snapshots.take()
  writeFileSync(join(folder, 'a'), 'two\n')
  rmSync(join(folder, 'b'))
  assert.deepEqual(snapshots.changes().changes, [
    { path: 'a', change: 'modified', added: 1, removed: 1 },
    { path: 'b', change: 'removed', added: 0, removed: 1 },
  ])
  assert.deepEqual(snapshots.changes().changes, [])
})

test('more than 2,000 files are too many', (t) => {
  const folder = scratch(t)
  for (let n = 0; n < 2_001; n++) writeFileSync(join(folder, String(n)), '')
  assert.equal(openSnapshots(folder).take().over, 'The project has more than 2000 files.')
})

test('dependencies are shared while they are the template’s, and copied when they are not', async (t) => {
  const [project, template] = [scratch(t), scratch(t)]
  const shared = join(template, 'node_modules')
  mkdirSync(shared)
  writeFileSync(join(shared, 'marker'), 'x')
  const wants = (folder: string, dependencies: object) =>
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', dependencies }))
  wants(template, {})
  wants(project, {})
  const idle = { ran: false, ok: true, output: '', ms: 0 }
  assert.deepEqual(await bringModules({ project, template }), idle)
  assert.equal(lstatSync(join(project, 'node_modules')).isSymbolicLink(), true)
  mkdirSync(join(project, 'local'))
  writeFileSync(join(project, 'local/package.json'), JSON.stringify({ name: 'local', version: '1.0.0' }))
  wants(project, { local: 'file:./local' })
  const installed = await bringModules({ project, template })
  assert.deepEqual(
    [installed.ran, installed.ok, installed.output === '' || installed.output.startsWith('added')],
    [true, true, true],
  )
  assert.equal(lstatSync(join(project, 'node_modules')).isDirectory(), true)
  assert.deepEqual(await bringModules({ project, template }), idle)
  wants(project, {})
  assert.deepEqual(await bringModules({ project, template }), { ...idle, ran: true })
  assert.equal(lstatSync(join(project, 'node_modules')).isSymbolicLink(), true)
  writeFileSync(join(project, 'package.json'), '{')
  assert.equal((await bringModules({ project, template })).ok, false)
})
