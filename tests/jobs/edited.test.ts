import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId } from '../../lib/contract/ids.ts'
import { RunJob } from '../../lib/contract/run.ts'
import { RecordedAddresses, RecordedCallPlaces, RecordingPlace, type Recording } from '../../lib/contract/recording.ts'
import { objectKeys } from '../../lib/ports/object-store.ts'
import { atOnce } from '../../lib/work/at-once.ts'
import { save, sha256 } from '../world/files.ts'
import { openStage, success } from './stage.ts'

const stage = await openStage({ after })
const { world, provider } = stage

const jobOf = (projectId: string, name: string) =>
  RunJob.parse(JSON.parse(provider.boxes.get(`p-${projectId}`)?.files.get(`/root/job-${name}.json`) ?? 'null'))

test('a run is told what people changed since the model worked here last', async () => {
  const ada = await stage.person()
  const run = await stage.start(ada)
  const { projectId } = run
  const made = await save(run.runner, projectId, { parentId: null, contents: { 'a.txt': 'a', 'b.txt': 'b' } })
  assert.equal((await run.runner.post(`${run.reports}/end`, { ...success, versionId: made.id })).status, 200)

  const again = async () => {
    const { body } = await ada.post(`/projects/${projectId}/generate`, { prompt: 'darker' })
    await stage.drain()
    const { edited } = jobOf(projectId, `${body.id}-1`).generation ?? {}
    await ada.post(`/projects/${projectId}/generations/${body.id}/cancel`)
    await stage.drain()
    return edited
  }
  assert.deepEqual(await again(), [])
  const first = await save(ada, projectId, {
    parentId: made.id,
    contents: { 'a.txt': 'A', 'b.txt': 'b', 'c.txt': 'c' },
  })
  await save(ada, projectId, { parentId: first.id, contents: { 'a.txt': 'A', 'c.txt': 'c' } })
  assert.deepEqual(await again(), [
    { path: 'a.txt', change: 'modified' },
    { path: 'b.txt', change: 'removed' },
    { path: 'c.txt', change: 'added' },
  ])
})

test('a run whose project went on reads what it is now', async () => {
  const ada = await stage.person()
  const run = await stage.start(ada)
  const current = `/projects/${run.projectId}/versions/current`
  assert.deepEqual((await run.runner.get(current)).body, { versionId: null, files: [] })
  const saved = await save(ada, run.projectId, { parentId: null, contents: { 'a.txt': 'a' } })
  const { body } = await run.runner.get(current)
  assert.deepEqual(body, {
    versionId: saved.id,
    files: [{ path: 'a.txt', sha256: sha256('a'), size: 1, mode: '100644' }],
  })
  const outdated = { parentId: null, message: 'x', files: body.files }
  const refused = await run.runner.post(`/projects/${run.projectId}/versions`, outdated)
  assert.deepEqual([refused.status, refused.body.code], [409, 'version_outdated'])
})

test('a recording is stored by its run alone, read by who may read the project, and gone with it', async () => {
  const [ada, bob] = [await stage.person(), await stage.person()]
  const run = await stage.start(ada)
  const place = `/conversations/${run.projectId}/recordings/${run.id}`
  assert.equal((await ada.get(place)).status, 404)
  assert.equal((await ada.post(place, { objects: [] })).status, 404)

  const [input, output] = ['{"file_path":"a.txt"}', 'a text']
  const objects = [input, output].map((text) => ({ sha256: sha256(text), size: text.length }))
  const { body: places } = await run.runner.post(place, { objects })
  for (const { sha256: digest, url, headers } of places.uploads) {
    const body = sha256(input) === digest ? input : output
    assert.equal((await fetch(url, { method: 'PUT', headers, body: 'something else' })).ok, false)
    assert.equal((await fetch(url, { method: 'PUT', headers, body })).status, 200)
  }
  await fetch(places.index.put, { method: 'PUT', body: 'no recording' })
  assert.equal((await ada.get(place)).status, 404)
  const changes = [{ path: 'a.txt', file: { path: 'a.txt', sha256: sha256('a'), size: 1, mode: '100644' as const } }]
  const tool = { name: 'read', readOnly: false, input: sha256(input), output: sha256(output), ok: true, changed: 0 }
  const tree = sha256('tree')
  const callId = newId('call')
  const recording: Recording = {
    format: 1,
    generationId: run.id,
    projectId: run.projectId,
    baseVersionId: null,
    template: { name: 'react', tree },
    tools: sha256('tools'),
    start: tree,
    steps: [
      {
        n: 1,
        attempt: 1,
        calls: [{ id: callId, request: tree }],
        drift: [],
        locked: [],
        tools: [tool],
        changes,
        tree,
      },
    ],
    closing: [],
  }
  await fetch(places.index.put, { method: 'PUT', body: JSON.stringify(recording) })
  const indexFor = async (who: typeof ada) => {
    const { index } = RecordingPlace.parse((await who.get(place)).body)
    return (await fetch(index)).json()
  }
  assert.deepEqual(await indexFor(ada), recording)
  const named = { objects: [sha256(input), sha256(output)], blobs: [sha256('a')] }
  const shown = RecordedAddresses.parse((await ada.post(`${place}/addresses`, named)).body)
  const read = await Promise.all(shown.objects.map(({ url }) => fetch(url).then((answer) => answer.text())))
  assert.deepEqual(read, [input, output])
  assert.deepEqual(
    shown.blobs.map((one) => one.sha256),
    [sha256('a')],
  )
  assert.equal((await bob.get(place)).status, 404)
  assert.equal((await bob.post(`${place}/addresses`, named)).status, 404)

  // More chunks than a page of storage has, in the order of their numbers.
  const [, put] = await Promise.all([
    world.context.objects.put(objectKeys.modelRequest(run.projectId, callId), '{}', 'application/json'),
    atOnce(8, [...Array(1_200).keys()], (n) =>
      world.context.objects.put(objectKeys.modelChunk(run.projectId, callId, n), `${n}`, 'application/json'),
    ),
  ])
  assert.equal(put.length, 1_200)
  const chunks: string[] = []
  let next: number | null = 0
  while (next !== null) {
    const { status, body } = await ada.get(`${place}/calls/${callId}?from=${next}`)
    assert.equal(status, 200)
    assert.ok(JSON.stringify(body).length < 500_000)
    const page = RecordedCallPlaces.parse(body)
    chunks.push(...page.chunks)
    next = page.next
  }
  assert.equal(chunks.length, 1_200)
  assert.deepEqual(await Promise.all([0, 999, 1_199].map(async (n) => (await fetch(chunks[n] ?? '')).text())), [
    '0',
    '999',
    '1199',
  ])

  // The requests tell the model the rules of the organization and the names of secrets: nothing for everybody.
  await world.sql`update everjust.projects set visibility = 'public' where id = ${run.projectId}`
  assert.deepEqual(await indexFor(bob), recording)
  assert.equal((await bob.post(`${place}/addresses`, named)).body.objects.length, 2)
  assert.equal((await bob.get(`${place}/calls/${callId}`)).status, 403)

  const kept = () => world.context.objects.list(`projects/${run.projectId}/record`)
  assert.equal((await kept()).length, 3)
  await ada.delete(`/projects/${run.projectId}`)
  await ada.delete(`/library/deleted/${run.projectId}`)
  await stage.drain()
  assert.deepEqual(await kept(), [])
})
