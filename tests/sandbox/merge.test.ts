import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test, type TestContext } from 'node:test'
import { newId } from '../../lib/contract/ids.ts'
import type { FileEntry } from '../../lib/contract/version.ts'
import type { ScriptedReply } from './reply.ts'
import { openStage, until } from './stage.ts'

const edit = (file_path: string, old_string: string, new_string: string) => ({
  tool: 'edit',
  input: { file_path, old_string, new_string },
})
const read = (file_path: string) => ({ tool: 'read', input: { file_path } })
const waiting = {
  tool: 'bash',
  input: { command: 'touch ../waits; until [ -e ../go ]; do sleep 0.05; done; rm ../go' },
}

const template = new URL('../../templates/static/', import.meta.url)
const templateFiles = readdirSync(template, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/node_modules|\.vite/.test(entry.parentPath))
  .map(({ parentPath, name }) => relative(fileURLToPath(template), join(parentPath, name)))

type Stage = Awaited<ReturnType<typeof openStage>>

/** A project with a list of words, a run that changes it, and a person who saves another version before it ends. */
async function openMeanwhile(t: TestContext, replies: ScriptedReply[]) {
  const stage = await openStage(t, replies)
  const store = (path: string, text: string): FileEntry => {
    const sha256 = createHash('sha256').update(text).digest('hex')
    stage.plane.objects.set(`/objects/blobs/${sha256}`, Buffer.from(text))
    return { path, sha256, size: Buffer.byteLength(text), mode: '100644' }
  }
  const rest = templateFiles.map((path) => store(path, readFileSync(new URL(path, template), 'utf8')))
  const base = { versionId: newId('version'), files: [...rest, store('list.txt', 'one\ntwo\nthree\n')] }
  return { stage, base, rest, store }
}

async function saveMeanwhile(stage: Stage, files: FileEntry[]) {
  await until(() => existsSync(join(stage.root, 'home/app/waits')))
  Object.assign(stage.plane.theirs, { versionId: newId('version'), files })
}

const go = { tool: 'bash', input: { command: 'true' } }

test('what a person saves while a run works stands together with what the run made', async (t) => {
  const { stage, base, rest, store } = await openMeanwhile(t, [
    { calls: [read('list.txt'), edit('list.txt', 'three', 'THREE'), waiting] },
    { text: 'Done.' },
  ])
  const run = stage.start(stage.jobOf({ base }))
  await saveMeanwhile(stage, [...rest, store('list.txt', 'zero\none\ntwo\nthree\n'), store('new.txt', 'by hand\n')])
  writeFileSync(join(stage.root, 'home/app/go'), '')
  assert.deepEqual(await run.ended, { code: 0, said: '' })
  const [version] = stage.plane.versions
  assert.equal(version?.parentId, stage.plane.theirs.versionId)
  assert.equal(stage.plane.fileOf(0, 'list.txt'), 'zero\none\ntwo\nTHREE\n')
  assert.equal(stage.plane.fileOf(0, 'new.txt'), 'by hand\n')
  assert.equal(stage.plane.seen.ends[0]?.['outcome'], 'succeeded')
})

test('where both changed the same lines, the person’s stand and the model may do its own again', async (t) => {
  const { stage, base, rest, store } = await openMeanwhile(t, [
    { calls: [read('list.txt'), edit('list.txt', 'two', 'TWO'), waiting] },
    { text: 'Done.' },
    { calls: [edit('list.txt', 'zwei', 'ZWEI')] },
    { calls: [edit('list.txt', 'zwei', 'ZWEI')] },
    { text: 'Done again.' },
  ])
  const run = stage.start(stage.jobOf({ base }))
  await saveMeanwhile(stage, [...rest, store('list.txt', 'one\nzwei\nthree\n')])
  writeFileSync(join(stage.root, 'home/app/go'), '')
  assert.deepEqual(await run.ended, { code: 0, said: '' })
  assert.equal(stage.plane.fileOf(0, 'list.txt'), 'one\nZWEI\nthree\n')
  const last = stage.plane.seen.asked.at(-1)?.messages ?? []
  const said = JSON.stringify(last)
  assert.match(said, /a person changed the same lines as you in list\.txt/)
  // Its first try was refused: it had not seen what the person wrote.
  assert.match(said, /list\.txt is not what you saw last/)
  assert.equal(stage.plane.seen.ends[0]?.['answer'], 'Done again.')
})

test('a run that is overtaken again and again says so at last', async (t) => {
  const { stage, base } = await openMeanwhile(t, [
    { calls: [read('list.txt'), edit('list.txt', 'two', 'TWO'), go] },
    { text: 'Done.' },
  ])
  stage.plane.faults.outdated = true
  Object.assign(stage.plane.theirs, base)
  assert.equal((await stage.run(stage.jobOf({ base }))).code, 0)
  assert.deepEqual(
    [stage.plane.seen.ends[0]?.['failure'], stage.plane.seen.ends[0]?.['versionId'], stage.plane.versions.length],
    ['overtaken', null, 0],
  )
})
