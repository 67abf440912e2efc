import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { DaytonaFileNotFoundError, type Sandbox } from '@daytonaio/sdk'
import { openWorld, type World } from './world.ts'

let world: World
let box: Sandbox
before(async () => {
  world = await openWorld()
  box = await world.client.create({ autoStopInterval: 0 })
})
after(() => world.end())

const put = (path: string, content: string) => box.fs.uploadFile(Buffer.from(content), path)
const get = async (path: string) => (await box.fs.downloadFile(path)).toString()

test('files go in and come out, many at once, with any name and any bytes', async () => {
  const bytes = randomBytes(3_000_000)
  await box.fs.uploadFiles([
    { source: Buffer.from('één'), destination: 'a/b/data é "x".txt' },
    { source: bytes, destination: 'a/big.bin' },
    { source: Buffer.alloc(0), destination: 'a/empty' },
  ])
  assert.equal(await get('a/b/data é "x".txt'), 'één')
  assert.deepEqual(await box.fs.downloadFile('a/big.bin'), bytes)
  assert.equal(await get('/home/app/a/empty'), '')
})

test('content that looks like a boundary or a blank line is kept', async () => {
  const content = '\r\n\r\n--x\r\n----------------------------1\r\n\r\n'
  await put('odd', content)
  assert.equal(await get('odd'), content)
})

test('one missing file among many does not spoil the others', async () => {
  await put('there', 'yes')
  const [there, missing] = await box.fs.downloadFiles([{ source: 'there' }, { source: 'missing' }])
  assert.equal(there?.result?.toString(), 'yes')
  assert.match(String(missing?.error), /not found/)
  await assert.rejects(get('missing'), DaytonaFileNotFoundError)
})

test('uploaded files belong to app where app may write, and to root elsewhere', async () => {
  await put('project/mine', '1')
  await put('/root/secret', '2')
  const owners = await box.process.executeCommand("stat -c '%U %n' project project/mine /root/secret")
  assert.equal(owners.result, 'app project\napp project/mine\nroot /root/secret\n')
})

test('folders are listed to the depth asked for', async () => {
  await put('tree/one/two/three.txt', 'x')
  const shallow = await box.fs.listFiles('tree')
  assert.deepEqual(
    shallow.map(({ name, isDir }) => [name, isDir]),
    [['one', true]],
  )
  const deep = await box.fs.listFiles('tree', { depth: 3 })
  assert.deepEqual(deep.map(({ path }) => path).toSorted(), ['one', 'one/two', 'one/two/three.txt'])
  await assert.rejects(box.fs.listFiles('no-such-folder'), { statusCode: 404 })
})

test('folders are made, things moved, described and deleted', async () => {
  await box.fs.createFolder('made/deep', '700')
  await put('made/deep/file', 'text')
  await box.fs.moveFiles('made/deep/file', 'made/moved')
  const seen = await box.fs.getFileDetails('made/moved')
  assert.deepEqual([seen.name, seen.size, seen.owner, seen.isDir], ['moved', 4, 'app', false])
  assert.equal((await box.fs.getFileDetails('made/deep')).permissions, '0700')
  await assert.rejects(box.fs.deleteFile('made'), { statusCode: 400 })
  await box.fs.deleteFile('made', true)
  await assert.rejects(box.fs.getFileDetails('made'), { statusCode: 404 })
})

test('permissions can be set', async () => {
  await put('script', '#!/bin/sh\necho ran\n')
  await box.fs.setFilePermissions('script', { mode: '755' })
  assert.equal((await box.process.executeCommand('./script')).result, 'ran\n')
})

test('text is found, files are found by name, text is replaced literally', async () => {
  await put('search/a.ts', 'one\ntwo needle\n')
  await put('search/b.ts', 'needle')
  await put('search/c.css', 'nothing')
  const matches = await box.fs.findFiles('search', 'needle')
  assert.deepEqual(matches.map(({ file, line, content }) => [file, line, content]).toSorted(), [
    ['/home/app/search/a.ts', 2, 'two needle'],
    ['/home/app/search/b.ts', 1, 'needle'],
  ])
  const named = await box.fs.searchFiles('search', '*.ts')
  assert.deepEqual(named.files.toSorted(), ['/home/app/search/a.ts', '/home/app/search/b.ts'])
  const [first] = await box.fs.replaceInFiles(['search/b.ts'], 'needle', '$& $1')
  assert.equal(first?.success, true)
  assert.equal(await get('search/b.ts'), '$& $1')
})
