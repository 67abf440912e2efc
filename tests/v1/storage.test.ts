import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { OrganizationId } from '../../lib/contract/ids.ts'
import { openWorld } from '../world.ts'
import { entry, save, upload } from '../world/files.ts'

const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')

/** Lets projects store so many bytes, instead of as many as the tier does. */
const allow = (organizationId: OrganizationId, storageBytesPerProject: number) => world.sql`
  update everjust.organizations set limits = ${world.sql.json({ storageBytesPerProject })}, limits_reason = 'tests'
  where id = ${organizationId}`

const project = async () => (await ada.post('/projects', { name: 'Project' })).body.id as string

async function commit(id: string, parentId: string | null, contents: Record<string, string>) {
  const files = Object.entries(contents).map(([path, text]) => entry(path, text))
  await upload(ada, id, contents)
  return ada.post(`/projects/${id}/versions`, { parentId, message: 'More', files })
}

test('a project stores as much as its tier allows, each content counted once; beyond it nothing is changed', async () => {
  await allow(ada.organizationId, 100)
  const id = await project()
  const first = await save(ada, id, { parentId: null, contents: { a: 'x'.repeat(60), b: 'x'.repeat(60) } })
  const refused = await commit(id, first.id, { a: 'y'.repeat(41) })
  assert.deepEqual([refused.status, refused.body.code], [402, 'payment_required'])
  assert.match(refused.body.detail, / of this project are used, .* Nothing was changed; .*\/pricing\.$/)
  assert.equal((await ada.get(`/projects/${id}`)).body.currentVersionId, first.id)
  const second = await commit(id, first.id, { a: 'y'.repeat(40) })
  assert.equal(second.status, 201, 'up to the last byte')
  const third = await commit(id, second.body.id, { c: 'x'.repeat(60), d: 'y'.repeat(40) })
  assert.equal(third.status, 201, 'what is stored already is always taken')
  const back = await ada.post(`/projects/${id}/versions/${first.id}/restore`)
  assert.equal(back.status, 201, 'so is what is restored')
  assert.equal((await commit(await project(), null, { a: 'z'.repeat(100) })).status, 201, 'each project by itself')
})

test('of many who save at once none goes beyond what may be stored', async () => {
  await allow(ada.organizationId, 500)
  const id = await project()
  const { id: parentId } = await save(ada, id, { parentId: null, contents: { a: 'x'.repeat(400) } })
  const contents = Array.from({ length: 20 }, (_, n) => ({ b: String(n).padStart(80, '-') }))
  for (const each of contents) await upload(ada, id, each)
  const answers = await Promise.all(
    contents.map(({ b }) =>
      ada.post(`/projects/${id}/versions`, { parentId, message: 'More', files: [entry('b', b)] }),
    ),
  )
  assert.equal(answers.filter(({ status }) => status === 201).length, 1)
  const [row] = await world.sql`select sum(size)::int as bytes from everjust.blobs where project_id = ${id}`
  assert.equal(row?.['bytes'], 480)
})

test('whoever belongs to an organization sees what its projects store, the fullest first, and what each may', async () => {
  const bob = await world.signIn('bob@example.com')
  await allow(bob.organizationId, 200)
  const make = async (bytes: number) => {
    const { id } = (await bob.post('/projects', { name: `${bytes} bytes` })).body
    if (bytes > 0) await save(bob, id, { parentId: null, contents: { a: 'x'.repeat(bytes), b: 'x'.repeat(bytes) } })
    return id as string
  }
  const [some, most, none] = [await make(30), await make(50), await make(0)]
  const { status, body } = await bob.get(`/organizations/${bob.organizationId}/storage`)
  assert.equal(status, 200)
  assert.deepEqual([body.usedBytes, body.limitBytesPerProject], [80, 200])
  assert.deepEqual(
    body.projects.map(({ projectId, usedBytes }: { projectId: string; usedBytes: number }) => [projectId, usedBytes]),
    [
      [most, 50],
      [some, 30],
      [none, 0],
    ],
  )
  assert.deepEqual((await bob.get(`/workshop/${most}/usage`)).body.storage, { usedBytes: 50, limitBytes: 200 })
  await bob.delete(`/projects/${most}`)
  world.wakes.splice(0)
  assert.equal((await bob.get(`/organizations/${bob.organizationId}/storage`)).body.usedBytes, 30)
  assert.equal((await ada.get(`/organizations/${bob.organizationId}/storage`)).status, 404)
})

test('a remix has to fit what its own organization allows, and one that does not leaves nothing', async () => {
  const eve = await world.signIn('eve@example.com')
  const id = (await ada.post('/projects', { name: 'Source', visibility: 'public' })).body.id as string
  await allow(ada.organizationId, 500)
  await save(ada, id, { parentId: null, contents: { a: 'x'.repeat(60), b: 'x'.repeat(60), c: 'y'.repeat(40) } })
  await allow(eve.organizationId, 99)
  const refused = await eve.post(`/library/projects/${id}/remix`, {})
  assert.deepEqual([refused.status, refused.body.code], [402, 'payment_required'])
  assert.match(refused.body.detail, / this needs .* Nothing was changed; .*\/pricing\.$/)
  assert.deepEqual((await eve.get('/projects')).body.items, [])
  assert.deepEqual((await eve.get('/library/deleted')).body.items, [])
  await allow(eve.organizationId, 100)
  const fits = await eve.post(`/library/projects/${id}/remix`, {})
  assert.equal(fits.status, 201, 'each content counts once')
})

test('nothing is left behind', () => world.settled())
