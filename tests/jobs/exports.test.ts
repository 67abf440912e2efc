import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { PersonExport, PersonExports } from '../../lib/contract/export.ts'
import type { OrganizationId, ProjectId } from '../../lib/contract/ids.ts'
import { objectKeys } from '../../lib/ports/object-store.ts'
import { makeTeam, type SignedIn } from '../world.ts'
import { save, sha256 } from '../world/files.ts'
import { png, webp } from '../world/pictures.ts'
import { cutOffAt } from './cut-off.ts'
import { openStage } from './stage.ts'

const stage = await openStage({ after })
const { world } = stage
const { sql } = world
const folder = await mkdtemp(join(tmpdir(), 'everjust-export-'))
after(() => rm(folder, { recursive: true }))

async function listed(person: SignedIn): Promise<PersonExport> {
  const { status, body } = await person.get('/user/exports')
  assert.equal(status, 200, JSON.stringify(body))
  const [first] = (body as PersonExports).items
  assert.ok(first)
  return first
}

/** What an archive holds, as a program of the system unpacks it. */
async function unpacked(url: string): Promise<string> {
  const answer = await fetch(url)
  assert.equal(answer.status, 200)
  const at = await mkdtemp(join(folder, 'part-'))
  await writeFile(join(at, 'all.zip'), new Uint8Array(await answer.arrayBuffer()))
  execFileSync('python3', ['-m', 'zipfile', '-e', join(at, 'all.zip'), at])
  return at
}

async function projectOf(owner: SignedIn, organizationId: OrganizationId): Promise<ProjectId> {
  const { body } = await owner.post('/projects', { name: 'Theirs', organizationId })
  return (body as { id: ProjectId }).id
}

/** An image as it is attached to a request: announced, put into storage, checked. */
async function attach(by: SignedIn, project: ProjectId, bytes: Buffer): Promise<string> {
  const images = `/conversations/${project}/images`
  const announced = {
    mediaType: bytes === webp ? 'image/webp' : 'image/png',
    size: bytes.length,
    sha256: sha256(bytes),
  }
  const { id, url, headers } = (await by.post(images, announced)).body
  assert.equal((await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) })).status, 200)
  assert.equal((await by.post(`${images}/${id}/checked`)).status, 200)
  return id as string
}

const json = async (at: string, name: string) => JSON.parse(await readFile(join(at, name), 'utf8')) as never

test('a person takes along what is held about them, and of others their own words alone', async () => {
  const [ada, bob] = [await stage.person(), await stage.person()]
  const { body } = await ada.post('/projects', { name: 'Shop' })
  const projectId = (body as { id: ProjectId }).id
  await save(ada, projectId, { parentId: null, contents: { 'src/ä b.txt': 'grüße', 'index.html': '<p>' } })
  const team = await makeTeam(world, [
    { id: bob.id, role: 'owner' },
    { id: ada.id, role: 'editor' },
  ])
  const theirs = await projectOf(bob, team)
  for (const [by, prompt] of [
    [ada, 'mine'],
    [bob, 'not hers'],
  ] as const) {
    await sql`insert into everjust.generations (id, project_id, organization_id, requested_by, state, prompt, answer, model, cap_micros)
      values (${`gen_${prompt}`}, ${theirs}, ${team}, ${by.id}, 'succeeded', ${prompt}, 'Done.', 'x', 1)`
  }
  assert.equal((await ada.post('/user/exports', {})).status, 204)
  assert.equal((await ada.post('/user/exports', {})).status, 409)
  assert.equal((await listed(ada)).readyAt, null)
  await stage.drain()
  const { parts, readyAt } = await listed(ada)
  assert.ok(readyAt)
  assert.equal(parts.length, 1)
  const at = await unpacked(parts[0]?.url ?? '')
  const person: { id: string } = await json(at, 'person.json')
  assert.equal(person.id, ada.id)
  const signIns: { by: string; email: string }[] = await json(at, 'signIns.json')
  assert.deepEqual(
    signIns.map(({ by }) => by),
    ['auth0'],
  )
  assert.equal(await readFile(join(at, `projects/${projectId}/files/src/ä b.txt`), 'utf8'), 'grüße')
  const words: { prompt: string }[] = await json(at, `projects/${theirs}/conversation.json`)
  assert.deepEqual(
    words.map(({ prompt }) => prompt),
    ['mine'],
  )
  const mail = stage.mails.find(({ subject }) => subject === 'Your data is ready')
  assert.match(mail?.text ?? '', /\/settings\/data/)
  assert.deepEqual((await bob.get('/user/exports')).body, { items: [] })
})

test('images that were shown go along, with the words they were shown with; of others their owners’ alone', async () => {
  const [ada, bob] = [await stage.person(), await stage.person()]
  const team = await makeTeam(world, [
    { id: bob.id, role: 'owner' },
    { id: ada.id, role: 'editor' },
  ])
  const [mine, theirs] = [await stage.project(ada), await projectOf(bob, team)]
  const own = await attach(ada, mine, webp)
  const [hers, his] = [await attach(ada, theirs, png), await attach(bob, theirs, png)]
  const { id } = await stage.start(ada, mine)
  const shown = [{ kind: 'image', imageId: own }]
  await sql`update everjust.generations set attachments = ${sql.json(shown)} where id = ${id}`
  assert.equal((await ada.post('/user/exports', {})).status, 204)
  await stage.drain()
  const at = await unpacked((await listed(ada)).parts[0]?.url ?? '')
  assert.deepEqual(await readFile(join(at, `projects/${mine}/images/${own}.webp`)), webp)
  const [asked]: { attachments: unknown }[] = await json(at, `projects/${mine}/conversation.json`)
  assert.deepEqual(asked?.attachments, shown)
  assert.deepEqual(await readdir(join(at, `projects/${theirs}/images`)), [`${hers}.png`])
  const told: { id: string }[] = await json(at, `projects/${theirs}/images.json`)
  assert.ok(!JSON.stringify(told).includes(his))
})

test('an export that is cut off at any of its steps goes on, and its archives go after a week and with the account', async () => {
  let steps = 0
  const ada = await stage.person()
  for (let cut = true; cut; steps++) {
    await sql`delete from everjust.exports where user_id = ${ada.id}`
    assert.equal((await ada.post('/user/exports', {})).status, 204)
    const { parts, failed } = cutOffAt(stage.jobs, steps + 1)
    await stage.drain(parts).catch(() => {})
    cut = failed()
    await sql`update everjust.jobs set run_at = now(), lease_until = now() - interval '1 second' where state in ('queued', 'taken')`
    await stage.minute()
    await stage.drain()
    assert.ok((await listed(ada)).readyAt)
  }
  assert.ok(steps > 4, `${steps} steps`)
  const { objects } = world.context
  assert.equal((await objects.list(objectKeys.person(ada.id))).length > 0, true)
  await sql`update everjust.exports set expires_at = now() - interval '1 second'`
  await sql`insert into everjust.jobs (id, kind, payload) values ('job_sweep', 'sweep-sandboxes', '{}')`
  await stage.work('sweep-sandboxes', 'job_sweep')
  assert.deepEqual((await ada.get('/user/exports')).body, { items: [] })
  await ada.post('/user/exports', {})
  await ada.delete('/user')
  await stage.drain()
  assert.deepEqual(await objects.list(objectKeys.person(ada.id)), [])
})
