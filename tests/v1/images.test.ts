import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { RunJob } from '../../lib/contract/run.ts'
import type { ProjectId } from '../../lib/contract/ids.ts'
import type { SignedIn } from '../world.ts'
import { objectKeys } from '../../lib/ports/object-store.ts'
import { sha256 } from '../world/files.ts'
import { jpeg, png, webp } from '../world/pictures.ts'
import { openStage } from '../jobs/stage.ts'

const stage = await openStage({ after })
const { world, provider } = stage
let ada = await stage.person()
let projectId: ProjectId
beforeEach(async () => {
  ada = await stage.person()
  projectId = await stage.project(ada)
})

const at = (rest = '') => `/conversations/${projectId}/images${rest}`

interface Given {
  mediaType?: string
  announced?: Buffer
  size?: number
}

async function announce(caller: SignedIn, bytes: Buffer, { mediaType = 'image/png', size }: Given = {}) {
  const { status, body } = await caller.post(at(), { mediaType, size: size ?? bytes.length, sha256: sha256(bytes) })
  assert.equal(status, 201, JSON.stringify(body))
  return body as { id: string; url: string; headers: Record<string, string> }
}

const put = ({ url, headers }: { url: string; headers: Record<string, string> }, bytes: Buffer) =>
  fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) })

async function attach(caller: SignedIn, bytes: Buffer, mediaType: string): Promise<string> {
  const place = await announce(caller, bytes, { mediaType })
  assert.equal((await put(place, bytes)).status, 200)
  const { status, body } = await caller.post(at(`/${place.id}/checked`))
  assert.equal(status, 200, JSON.stringify(body))
  return place.id
}

const ask = (imageId: string) => ({ prompt: 'make it like this', attachments: [{ kind: 'image', imageId }] })

test('images of the three kinds are announced, put, checked and shown, each as what it is', async () => {
  for (const [bytes, mediaType] of [
    [png, 'image/png'],
    [jpeg, 'image/jpeg'],
    [webp, 'image/webp'],
  ] as const) {
    const id = await attach(ada, bytes, mediaType)
    const again = await ada.post(at(`/${id}/checked`))
    assert.deepEqual([again.status, again.body.size, again.body.mediaType], [200, bytes.length, mediaType])
    const shown = await ada.get(at(`/${id}`))
    assert.equal(shown.status, 302)
    const got = await fetch(shown.headers['location'] ?? '')
    assert.deepEqual(Buffer.from(await got.arrayBuffer()), bytes)
    assert.equal(got.headers.get('content-type'), mediaType)
    assert.match(got.headers.get('content-disposition') ?? '', /^attachment; filename/)
  }
})

test('a run is told of its images in the order they were attached, and so is the one that is asked again', async () => {
  const [first, second] = [await attach(ada, png, 'image/png'), await attach(ada, jpeg, 'image/jpeg')]
  const attachments = [second, first, second].map((imageId) => ({ kind: 'image', imageId }))
  const { status, body } = await ada.post(`/projects/${projectId}/generate`, { prompt: 'like this', attachments })
  assert.equal(status, 202, JSON.stringify(body))
  await stage.drain()
  const told = RunJob.parse(
    JSON.parse(provider.boxes.get(`p-${projectId}`)?.files.get(`/root/job-${body.id}-1.json`) ?? 'null'),
  ).generation?.images
  assert.deepEqual(
    told?.map(({ imageId, mediaType }) => [imageId, mediaType]),
    [
      [second, 'image/jpeg'],
      [first, 'image/png'],
    ],
  )
  await ada.post(`/projects/${projectId}/generations/${body.id}/cancel`)
  await stage.drain()
  const retried = await ada.post(`/conversations/${projectId}/retry`, { generationId: body.id })
  assert.deepEqual(retried.body.attachments, attachments)
  await ada.post(`/projects/${projectId}/generations/${retried.body.id}/cancel`)
  await stage.drain()
})

test('an image that was announced and never looked at is forgotten after hours, with what was put there', async () => {
  const [left, fresh] = [await announce(ada, png), await announce(ada, png)]
  assert.equal((await put(left, png)).status, 200)
  await world.sql`update everjust.images set created_at = now() - interval '4 hours' where id = ${left.id}`
  await world.sql`insert into everjust.jobs (id, kind, payload) values (${`job_${left.id}`}, 'sweep-sandboxes', '{}')`
  await stage.work('sweep-sandboxes', `job_${left.id}`)
  const rows = await world.sql`select id from everjust.images where project_id = ${projectId}`
  assert.deepEqual(
    rows.map(({ id }) => id),
    [fresh.id],
  )
  assert.equal(await stage.jobs.objects.get(objectKeys.image(projectId, left.id)), undefined)
})

test('an image that is unknown, unchecked or of another project cannot be attached, now or later', async () => {
  const unchecked = await announce(ada, png)
  const elsewhere = await attach(ada, png, 'image/png')
  projectId = await stage.project(ada)
  for (const imageId of [unchecked.id, elsewhere, 'img_0123456789abcdefghjk']) {
    for (const path of [`/projects/${projectId}/generate`, `/conversations/${projectId}/queue`]) {
      const { status, body } = await ada.post(path, ask(imageId))
      assert.deepEqual([status, body.detail], [400, 'An attached image is not there, or was not checked yet.'])
    }
  }
})

test('bytes other than those announced are refused by storage, and what is missing or misstated by the check', async () => {
  const place = await announce(ada, png)
  assert.equal((await put(place, jpeg)).status, 400)
  const missing = await ada.post(at(`/${place.id}/checked`))
  assert.deepEqual([missing.status, missing.body.code], [422, 'digest_mismatch'])
  assert.equal((await ada.get(at(`/${place.id}`))).status, 404)

  const misstated = await announce(ada, png, { size: png.length + 1 })
  await put(misstated, png)
  assert.equal((await ada.post(at(`/${misstated.id}/checked`))).status, 422)
})

test('what is no image, or another one, is told so and taken away', async () => {
  const page = Buffer.from('<html><script>alert(document.domain)</script></html>')
  const bomb = Buffer.from(png)
  bomb.writeUInt32BE(100_000, 16)
  for (const [bytes, words] of [
    [page, 'This is no whole PNG, JPEG or still WebP image.'],
    [jpeg, 'This is image/jpeg, but was announced as image/png.'],
    [bomb, 'An image has at most 8000 pixels a side; this one has 100000 × 2.'],
  ] as const) {
    const place = await announce(ada, bytes)
    await put(place, bytes)
    const { status, body } = await ada.post(at(`/${place.id}/checked`))
    assert.deepEqual([status, body.detail], [400, words])
    assert.equal((await ada.post(at(`/${place.id}/checked`))).status, 404)
    const stored = await world.context.objects.get(`projects/${projectId}/images/${place.id}`)
    assert.equal(stored, undefined)
  }
})

test('an image of more than 5 MB, or of another type, is not taken', async () => {
  const digest = sha256(png)
  const large = await ada.post(at(), { mediaType: 'image/png', size: 5 * 1024 * 1024 + 1, sha256: digest })
  const gif = await ada.post(at(), { mediaType: 'image/gif', size: 10, sha256: digest })
  assert.deepEqual([large.status, gif.status], [400, 400])
})

test('nothing is left behind, and a deleted project takes its images along', async () => {
  const id = await attach(ada, png, 'image/png')
  await ada.delete(`/projects/${projectId}`)
  await ada.delete(`/library/deleted/${projectId}`)
  await stage.drain()
  assert.equal(await world.context.objects.get(`projects/${projectId}/images/${id}`), undefined)
  assert.deepEqual([...(await world.sql`select id from everjust.images where id = ${id}`)], [])
  await world.settled()
})
