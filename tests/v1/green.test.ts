import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openStage, success } from '../jobs/stage.ts'
import { upload } from '../world/files.ts'

const stage = await openStage({ after })
const { world } = stage

// The smallest that any reader takes for a WebP image: what counts here is how it begins.
const picture = Buffer.concat([Buffer.from('RIFF\u0000\u0000\u0000\u0000WEBPVP8 '), Buffer.alloc(16)])
const diagnosis = { check: 'typecheck', message: 'src/App.tsx: no such\u0000 name', tries: 1 }
const loop = { ...success, outcome: 'failed', failure: 'same_error', answer: '', diagnosis }

async function begin() {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  return { ada, projectId, run: () => startRun({ ada, projectId }) }
}

async function startRun({ ada, projectId }: { ada: Awaited<ReturnType<typeof stage.person>>; projectId: string }) {
  const { body } = await ada.post(`/projects/${projectId}/generate`, { prompt: 'x' })
  await stage.drain()
  const runner = await world.asRun({ projectId: projectId as `prj_${string}`, generationId: body.id, attempt: 1 })
  const save = async (parentId: string | null, content: string, checked?: object) => {
    const files = await upload(runner, projectId, { 'index.html': content })
    return runner.post(`/projects/${projectId}/versions`, { parentId, message: 'Made', files, checked })
  }
  const end = (claim: object) => runner.post(`/runs/${projectId}/${body.id}/end`, claim)
  return { id: body.id as string, runner, save, end }
}

test('a run says that its version is green and shows its picture; a person may not', async () => {
  const { ada, projectId, run } = await begin()
  const { runner, save, end } = await run()
  const [{ sha256 } = { sha256: '' }] = await upload(runner, projectId, { 'picture.webp': picture })
  const saved = await save(null, '<h1>Tea</h1>', { green: true, picture: sha256 })
  assert.equal(saved.status, 201, JSON.stringify(saved.body))
  assert.equal(saved.body.green, true)
  const [listed] = (await ada.get(`/projects/${projectId}/versions`)).body.items
  assert.equal(listed.green, true)
  const shown = await fetch(listed.picture)
  assert.equal(shown.headers.get('content-type'), 'image/webp')
  assert.deepEqual(Buffer.from(await shown.arrayBuffer()), picture)
  await end({ ...success, versionId: saved.body.id })

  const files = await upload(ada, projectId, { 'index.html': '<h1>Mine</h1>' })
  const claimed = { parentId: saved.body.id, message: 'Mine', files, checked: { green: true, picture: null } }
  assert.equal((await ada.post(`/projects/${projectId}/versions`, claimed)).status, 400)
})

test('a picture that was not uploaded, or is none, is refused', async () => {
  const { projectId, run } = await begin()
  const { runner, save, end } = await run()
  assert.equal((await save(null, 'x', { green: true, picture: 'a'.repeat(64) })).body.code, 'digest_mismatch')
  const [{ sha256 } = { sha256: '' }] = await upload(runner, projectId, { 'page.html': '<script>1</script>' })
  assert.equal((await save(null, 'x', { green: true, picture: sha256 })).body.code, 'digest_mismatch')
  await end(success)
})

test('after the same error twice the last green version is current again, once, and all else is kept', async () => {
  const { ada, projectId, run } = await begin()
  const first = await run()
  const { body: good } = await first.save(null, 'good', { green: true, picture: null })
  await first.end({ ...success, versionId: good.id })
  const second = await run()
  const { body: bad } = await second.save(good.id, 'bad', { green: false, picture: null })
  const ended = await second.end({ ...loop, versionId: bad.id })
  assert.equal(ended.status, 200, JSON.stringify(ended.body))
  assert.deepEqual([ended.body.state, ended.body.failure.code, ended.body.versionId], ['failed', 'same_error', bad.id])
  assert.equal(ended.body.failure.kept, 'Version 1, the last that worked, is back; what was made is in the history.')
  assert.deepEqual(ended.body.diagnosis, {
    check: 'typecheck',
    message: 'src/App.tsx: no such name',
    tries: 1,
    restored: 1,
  })
  // An answer that got lost.
  assert.deepEqual((await second.end({ ...loop, versionId: bad.id })).body, ended.body)

  const { items } = (await ada.get(`/projects/${projectId}/versions`)).body
  assert.deepEqual(
    items.map(({ number, source, green, restoredFrom }: Record<string, unknown>) => [
      number,
      source,
      green,
      restoredFrom,
    ]),
    [
      [3, 'restore', true, good.id],
      [2, 'generation', false, null],
      [1, 'generation', true, null],
    ],
  )
  assert.equal((await ada.get(`/projects/${projectId}`)).body.currentVersionId, items[0].id)
  const kept = await ada.get(`/projects/${projectId}/versions/${items[0].id}/files/index.html`)
  assert.equal(await (await fetch(kept.headers['location'] ?? '')).text(), 'good')
  const { events } = (await ada.get(`/projects/${projectId}/events?after=0`)).body
  assert.deepEqual(
    events.filter(({ type }: { type: string }) => type === 'version:created').map(({ data }: never) => data['number']),
    [1, 2, 3],
  )
  // The sandbox is brought to it.
  const jobs = await world.sql`select 1 from everjust.jobs where project_id = ${projectId} and kind = 'open-sandbox'`
  assert.equal(jobs.length, 1)
  await stage.drain()
})

test('without an earlier green version the code stays as it is, and that is said', async () => {
  const { ada, projectId, run } = await begin()
  const { save, end } = await run()
  const { body: bad } = await save(null, 'bad', { green: false, picture: null })
  const { body } = await end({ ...loop, versionId: bad.id })
  assert.equal(body.failure.kept, 'No earlier version is known to work, so the code stays as the run left it.')
  assert.equal((await ada.get(`/projects/${projectId}`)).body.currentVersionId, bad.id)
})

test('checks that fail in another way leave the version of the run current', async () => {
  const { ada, projectId, run } = await begin()
  const first = await run()
  const { body: good } = await first.save(null, 'good', { green: true, picture: null })
  await first.end({ ...success, versionId: good.id })
  const second = await run()
  const { body: bad } = await second.save(good.id, 'bad', { green: false, picture: null })
  await second.end({ ...loop, failure: 'checks_failed', versionId: bad.id })
  assert.equal((await ada.get(`/projects/${projectId}`)).body.currentVersionId, bad.id)
})

test('a restored version keeps what was found out about its files', async () => {
  const { ada, projectId, run } = await begin()
  const first = await run()
  const { body: good } = await first.save(null, 'good', { green: true, picture: null })
  await first.end({ ...success, versionId: good.id })
  const second = await run()
  const { body: other } = await second.save(good.id, 'other')
  await second.end({ ...success, versionId: other.id })
  assert.equal(other.green, null)
  const restored = await ada.post(`/projects/${projectId}/versions/${good.id}/restore`)
  assert.deepEqual([restored.status, restored.body.green], [201, true])
  await stage.drain()
})
