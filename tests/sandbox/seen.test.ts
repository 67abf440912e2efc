import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { openSeen } from '../../sandbox/tools/seen.ts'
import { openSnapshots } from '../../sandbox/tools/snapshot.ts'
import { openToolset } from '../../sandbox/tools/toolset.ts'

const starter = '<h1>Start here</h1>\n'

/** A project that was made from a template with one page, and the model's tools on it. */
function openProject(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'everjust-seen-'))
  const [project, template] = [join(root, 'project'), join(root, 'template')]
  for (const folder of [project, template]) {
    mkdirSync(folder)
    writeFileSync(join(folder, 'index.html'), starter)
  }
  const snapshots = openSnapshots(project)
  const seen = openSeen({ project, snapshots, starter: () => openSnapshots(template).take().files })
  const tools = openToolset(project, snapshots, seen)
  t.after(() => {
    tools.close()
    rmSync(root, { recursive: true, force: true })
  })
  return {
    project,
    seen,
    use: tools.use,
    put: (path: string, text: string | Buffer) => writeFileSync(join(project, path), text),
    text: (path: string) => readFileSync(join(project, path), 'utf8'),
    edit: (file_path: string, old_string: string, new_string: string) =>
      tools.use('edit', { file_path, old_string, new_string }),
    write: (file_path: string, content: string) => tools.use('write', { file_path, content }),
    read: (file_path: string) => tools.use('read', { file_path }),
  }
}

test('an edit of a file that nobody read is refused with its content, and goes through afterwards', async (t) => {
  const { put, text, edit } = openProject(t)
  put('notes.txt', 'milk\ntea\n')
  const refused = await edit('notes.txt', 'tea', 'rooibos')
  assert.equal(refused.ok, false)
  assert.equal(
    refused.output,
    'You have not read notes.txt yet. Nothing was written.\n\nnotes.txt is now:\nmilk\ntea\n',
  )
  assert.equal(text('notes.txt'), 'milk\ntea\n')
  assert.equal((await edit('notes.txt', 'tea', 'rooibos')).ok, true)
  assert.equal(text('notes.txt'), 'milk\nrooibos\n')
})

test('what was read, written or edited may be edited again without another look', async (t) => {
  const { put, edit, read, write } = openProject(t)
  put('a.txt', 'one\n')
  await read('a.txt')
  assert.equal((await edit('a.txt', 'one', 'two')).ok, true)
  assert.equal((await edit('a.txt', 'two', 'three')).ok, true)
  assert.equal((await write('b.txt', 'new\n')).ok, true)
  assert.equal((await edit('b.txt', 'new', 'newer')).ok, true)
})

test('what a command or a person changed since is not written over', async (t) => {
  const { put, read, edit, write, use, text } = openProject(t)
  put('a.txt', 'one\n')
  await read('a.txt')
  await use('bash', { command: 'echo two >> a.txt' })
  const stale = await edit('a.txt', 'one', 'eins')
  assert.match(
    stale.output,
    /^a\.txt is not what you saw last: .* Nothing was written\.\n\na\.txt is now:\none\ntwo\n$/,
  )
  put('a.txt', 'a person was here\n')
  assert.equal((await write('a.txt', 'mine\n')).ok, false)
  assert.equal(text('a.txt'), 'a person was here\n')
  assert.equal((await write('a.txt', 'theirs and mine\n')).ok, true)
})

test('the files of the template count as read until they change', async (t) => {
  const { put, write } = openProject(t)
  assert.equal((await write('index.html', '<h1>Tea</h1>\n')).ok, true)
  put('index.html', '<h1>By hand</h1>\n')
  assert.equal((await write('index.html', '<h1>Tea again</h1>\n')).ok, false)
})

test('a long file is not written anew, unless a program writes it', async (t) => {
  const { put, read, write, edit, text } = openProject(t)
  const long = 'line\n'.repeat(151)
  put('long.ts', long)
  await read('long.ts')
  const refused = await write('long.ts', 'short\n')
  assert.match(
    refused.output,
    /^long\.ts has 151 lines: change what must change with `edit`\..* Nothing was written\.$/,
  )
  assert.equal(text('long.ts'), long)
  put('just.ts', 'line\n'.repeat(150))
  await read('just.ts')
  assert.equal((await write('just.ts', 'short\n')).ok, true)
  put('package-lock.json', long)
  await read('package-lock.json')
  assert.equal((await write('package-lock.json', '{}\n')).ok, true)
  put('unread.ts', long)
  assert.match((await write('unread.ts', 'x')).output, /^You have not read unread\.ts yet\. unread\.ts has 151 lines/)
  assert.equal((await edit('unread.ts', long, 'all of it\n')).ok, true)
})

test('a link is the file that it leads to', async (t) => {
  const { put, project, edit, read } = openProject(t)
  put('real.txt', 'one\n')
  symlinkSync('real.txt', join(project, 'link.txt'))
  assert.equal((await edit('link.txt', 'one', 'two')).ok, false)
  await read('link.txt')
  assert.equal((await edit('real.txt', 'one', 'two')).ok, true)
  assert.equal((await edit(join(project, 'real.txt'), 'two', 'three')).ok, true)
})

test('binary, huge, wide and odd files are refused once, and never shown whole', async (t) => {
  const { put, write, edit, text } = openProject(t)
  put('logo.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]))
  assert.match((await write('logo.png', 'x')).output, /logo\.png is binary or too large to be shown\.$/)
  put('wide.txt', 'é'.repeat(100_000))
  assert.ok((await edit('wide.txt', 'é', 'e')).output.length < 32 * 1024)
  put('ten.bin', Buffer.alloc(10 * 1024 * 1024, 'a'))
  assert.equal((await edit('ten.bin', 'a', 'b')).ok, false)
  assert.equal((await edit('ten.bin', 'aa', 'b')).ok, false)
  put('crlf.txt', 'one\r\ntwo 🍵')
  assert.match((await edit('crlf.txt', 'two', 'drei')).output, /crlf\.txt is now:\none\r\ntwo 🍵$/)
  assert.equal((await edit('crlf.txt', 'two', 'zwei')).ok, true)
  assert.equal(text('crlf.txt'), 'one\r\nzwei 🍵')
})

test('another host of the same generation knows what the first one showed', async (t) => {
  const first = openProject(t)
  first.put('a.txt', 'one\n')
  const { seen: told } = await first.read('a.txt')
  assert.deepEqual(
    told.map(({ path }) => path),
    ['a.txt'],
  )
  assert.deepEqual((await first.read('a.txt')).seen, [])
  const second = openProject(t)
  second.put('a.txt', 'one\n')
  second.seen.learn(told)
  assert.equal((await second.edit('a.txt', 'one', 'two')).ok, true)
})
