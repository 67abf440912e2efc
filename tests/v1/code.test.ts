import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId, type ProjectId } from '../../lib/contract/ids.ts'
import type { Found } from '../../lib/contract/code.ts'
import { fitsGlobs } from '../../lib/domain/glob.ts'
import { makeTeam, openWorld } from '../world.ts'
import { entry, save, upload } from '../world/files.ts'
import { cpuMs } from '../world/cpu.ts'

const world = await openWorld({ after })
const [ada, viewer] = await Promise.all([world.signIn('ada@example.com'), world.signIn('viewer@example.com')])
const team = await makeTeam(world, [
  { id: ada.id, role: 'editor' },
  { id: viewer.id, role: 'viewer' },
])

const contents = {
  'README.md': 'Habits, and habits again\n',
  'src/App.tsx': 'const habit = 1\nconst inhabited = "ä habit."\r\n',
  'logo.png': Buffer.from([0, 104, 97, 98, 105, 116]),
}

async function openProject() {
  const { body } = await ada.post('/projects', { name: 'Habits', organizationId: team })
  const version = await save(ada, body.id, { parentId: null, contents })
  return { id: body.id as string, version }
}
const project = await openProject()

const search = async (query: string) => {
  const { status, body } = await viewer.get(`/code/${project.id}/search?${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body as Found
}
const places = ({ files }: Found) =>
  files.flatMap(({ path, matches }) => matches.map(({ line, column }) => `${path}:${line}:${column}`))

test('a text is found in every text file of the current version, whatever its case', async () => {
  const found = await search('q=habit')
  assert.deepEqual(places(found), [
    'README.md:1:1',
    'README.md:1:13',
    'src/App.tsx:1:7',
    'src/App.tsx:2:9',
    'src/App.tsx:2:22',
  ])
  const [match] = found.files[1]?.matches ?? []
  assert.deepEqual(match, { line: 1, column: 7, length: 5, text: 'const habit = 1', start: 6 })
  assert.equal(found.partial, null)
})

test('case, whole words and globs narrow it', async () => {
  assert.deepEqual(places(await search('q=Habit&case=true')), ['README.md:1:1'])
  assert.deepEqual(places(await search('q=habit&word=true')), ['src/App.tsx:1:7', 'src/App.tsx:2:22'])
  assert.deepEqual(places(await search('q=habits&include=src/*,*.md')), ['README.md:1:1', 'README.md:1:13'])
  assert.deepEqual(places(await search('q=habit&include=*.css')), [])
})

test('a glob that invites going back and back again is answered at once', () => {
  const took = cpuMs(() => assert.equal(fitsGlobs('a'.repeat(400), `${'*a'.repeat(99)}b`), false))
  assert.ok(took < 500, `${took} ms`)
  assert.equal(fitsGlobs('src/deep/App.tsx', 'src/*.tsx'), true)
  assert.equal(fitsGlobs('src/deep/App.tsx', 'src/deep/'), true)
  assert.equal(fitsGlobs('src/App.tsx', '?pp.ts'), false)
})

test('what looks like a pattern is looked for as it stands; a pattern is refused and says where it may go', async () => {
  assert.deepEqual(places(await search(`q=${encodeURIComponent('habit.')}`)), ['src/App.tsx:2:22'])
  const { status, body } = await ada.get(`/code/${project.id}/search?q=a&regexp=true`)
  assert.deepEqual([status, body.code], [400, 'invalid_request'])
  assert.match(body.detail, /running sandbox/)
})

test('more matches than are shown are cut off, and the answer says so', async () => {
  const { body } = await ada.post('/projects', { name: 'Much', organizationId: team })
  await save(ada, body.id, { parentId: null, contents: { 'a.txt': 'x '.repeat(700), 'b.txt': 'x' } })
  const found: Found = (await ada.get(`/code/${body.id}/search?q=x`)).body
  assert.equal(found.partial, 'matches')
  assert.equal(found.files.flatMap(({ matches }) => matches).length, 500)
  assert.ok(found.files.every(({ matches }) => matches.every(({ text }) => text.length <= 200)))
})

test('an earlier version is searched by its id, a foreign one is not found, and an empty project has nothing', async () => {
  const { id, version } = await openProject()
  await save(ada, id, { parentId: version.id, contents: { 'b.txt': 'nothing' } })
  const older: Found = (await ada.get(`/code/${id}/search?q=inhabited&version=${version.id}`)).body
  assert.deepEqual(places(older), ['src/App.tsx:2:7'])
  assert.equal((await ada.get(`/code/${project.id}/search?q=a&version=${version.id}`)).status, 404)
  const { body } = await ada.post('/projects', { name: 'Empty', organizationId: team })
  assert.deepEqual((await ada.get(`/code/${body.id}/search?q=a`)).body, { files: [], partial: null })
})

test('a file is locked, listed and unlocked, twice without harm, and the audit log knows by whom', async () => {
  const { id } = await openProject()
  const lock = `/code/${id}/locks/src/App.tsx`
  const [once, twice] = [await ada.put(lock), await ada.put(lock)]
  assert.deepEqual([once.status, twice.body], [200, once.body])
  const { body } = await viewer.get(`/code/${id}/locks`)
  assert.deepEqual(body.items, [once.body])
  assert.equal((await ada.delete(lock)).status, 204)
  assert.equal((await ada.delete(lock)).status, 404)
  const rows = await world.sql`
    select actor, action from everjust.audit_log where subject = ${`${id}/src/App.tsx`} order by id`
  assert.deepEqual(
    rows.map(({ actor, action }) => [actor, action]),
    [
      [ada.id, 'file.lock'],
      [ada.id, 'file.lock'],
      [ada.id, 'file.unlock'],
    ],
  )
})

test('a path that leads out of the project is not locked, nor is more than may be', async () => {
  const { id } = await openProject()
  assert.equal((await ada.put(`/code/${id}/locks/..%2Fsecret`)).status, 404)
  await world.sql`insert into everjust.file_locks (project_id, path)
    select ${id}, 'file-' || n from generate_series(1, 200) n`
  const { status, body } = await ada.put(`/code/${id}/locks/one-more.txt`)
  assert.deepEqual([status, body.detail], [400, 'A project has at most 200 locked files.'])
})

test('a run that changed what was locked before it began is refused; a lock of meanwhile counts from the next run', async () => {
  const { id, version } = await openProject()
  const generation = newId('generation')
  await ada.put(`/code/${id}/locks/README.md`)
  await world.sql`insert into everjust.generations (id, project_id, organization_id, requested_by, state, prompt, model,
      attempt, cap_micros, lease_until, started_at, deadline)
    values (${generation}, ${id}, ${team}, ${ada.id}, 'running', 'x', 'scripted-1', 1, 1000000,
      now() + interval '1 hour', now(), now() + interval '1 hour')`
  await world.sql`update everjust.projects set active_generation_id = ${generation} where id = ${id}`
  await ada.put(`/code/${id}/locks/src/App.tsx`)
  const run = await world.asRun({ projectId: id as ProjectId, generationId: generation, attempt: 1 })
  const changed = { ...contents, 'README.md': 'Changed\n' }
  const commit = async (given: typeof contents) =>
    run.post(`/projects/${id}/versions`, {
      parentId: version.id,
      message: 'x',
      files: await upload(run, id, given),
    })
  const refused = await commit(changed)
  assert.deepEqual([refused.status, refused.body.code], [409, 'conflict'])
  assert.match(refused.body.detail, /README\.md is locked/)
  assert.equal((await commit({ ...contents, 'src/App.tsx': 'changed' })).status, 201)
})

test('what a person brings in from elsewhere is a version of that kind', async () => {
  const { id, version } = await openProject()
  const files = [...Object.entries(contents).map(([path, text]) => entry(path, text))].slice(1)
  const { body } = await ada.post(`/projects/${id}/versions`, {
    parentId: version.id,
    message: 'x',
    files,
    imported: true,
  })
  assert.equal(body.source, 'import')
})
