import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId } from '../../lib/contract/ids.ts'
import { makeTeam, openWorld } from '../world.ts'
import { save } from '../world/files.ts'

const world = await openWorld({ after })
const [ada, grace, stranger] = await Promise.all(
  ['ada', 'grace', 'stranger'].map((name) => world.signIn(`${name}@example.com`)),
)
assert.ok(ada && grace && stranger)
const team = await makeTeam(world, [
  { id: ada.id, role: 'editor' },
  { id: grace.id, role: 'editor' },
])

async function openVersion() {
  const { body } = (await ada?.post('/projects', { name: 'Shop', organizationId: team, visibility: 'public' })) ?? {}
  const version = await save(ada ?? assert.fail(), body.id, { parentId: null, contents: { 'a.txt': 'a' } })
  return { project: body.id as string, version, path: `/projects/${body.id}/versions/${version.id}` }
}

test('a version is given a name, another one, and none', async () => {
  const { path, project, version } = await openVersion()
  assert.equal(version.name, null)
  assert.equal((await ada.put(path, { name: '  For the talk ' })).body.name, 'For the talk')
  assert.equal((await grace.put(path, { name: 'For the fair' })).body.name, 'For the fair')
  const { body } = await ada.get(`/projects/${project}/versions`)
  assert.equal(body.items[0].name, 'For the fair')
  assert.equal((await ada.put(path, { name: null })).body.name, null)
})

test('a name is short and not empty, and of a version that is there', async () => {
  const { path, project } = await openVersion()
  assert.equal((await ada.put(path, { name: ' ' })).status, 400)
  assert.equal((await ada.put(path, { name: 'x'.repeat(81) })).status, 400)
  assert.equal((await ada.put(path, { name: 'x', message: 'y' })).status, 400)
  assert.equal((await ada.put(`/projects/${project}/versions/${newId('version')}`, { name: 'x' })).status, 404)
})

test('members read who made a version; strangers who may see the project do not', async () => {
  const { project } = await openVersion()
  const seen = async (person: typeof ada) => (await person.get(`/projects/${project}/versions`)).body.items[0].author
  assert.equal((await seen(grace)).id, ada.id)
  assert.ok((await seen(grace)).name.length > 0)
  assert.equal(await seen(stranger), null)
})

test('the database lets the API change nothing of a version but its name', async () => {
  const { version } = await openVersion()
  await assert.rejects(
    world.sql.begin(async (t) => {
      await t`set local role everjust_app`
      await t`update everjust.versions set message = 'x' where id = ${version.id}`
    }),
    /permission denied/,
  )
})

test('who named a version is in the audit log', async () => {
  const { path, version } = await openVersion()
  await ada.put(path, { name: 'For the talk' })
  const rows = await world.sql`select actor, action from everjust.audit_log where subject = ${version.id}`
  assert.ok(rows.some(({ action }) => action === 'version.name'))
})

test('nothing is left behind', () => world.settled())
