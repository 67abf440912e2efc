import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { makeTeam, openWorld, type SignedIn } from '../world.ts'

const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')
const eve = await world.signIn('eve@example.com')

async function project(by: SignedIn, name: string, more: object = {}): Promise<string> {
  const { status, body } = await by.post('/projects', { name, ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return body.id as string
}

async function folder(by: SignedIn, name: string): Promise<string> {
  const { status, body } = await by.post('/library/folders', { name })
  assert.equal(status, 201, JSON.stringify(body))
  return body.id as string
}

async function names(by: SignedIn, query = ''): Promise<string[]> {
  const { status, body } = await by.get(`/projects?limit=50${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.items.map(({ name }: { name: string }) => name)
}

async function deeds(subject: string): Promise<string[]> {
  const rows = await world.sql<{ action: string }[]>`
    select action from everjust.audit_log where subject = ${subject} order by id`
  return rows.map(({ action }) => action)
}

test('folders are made, renamed, counted and removed, and their projects stay', async () => {
  const [work, home] = [await folder(ada, 'Work'), await folder(ada, ' home ')]
  assert.equal((await ada.post('/library/folders', { name: 'WORK' })).status, 409)
  assert.equal((await ada.put(`/library/folders/${home}`, { name: 'work' })).status, 409)
  assert.equal((await ada.put(`/library/folders/${home}`, { name: 'Äpfel' })).body.name, 'Äpfel')
  const id = await project(ada, 'Filed')
  const before = (await ada.get(`/projects/${id}`)).body.updatedAt
  const filed = await ada.put(`/projects/${id}`, { folderId: work })
  assert.deepEqual([filed.body.folderId, filed.body.updatedAt], [work, before])
  const listed = (await ada.get('/library/folders')).body.items
  assert.deepEqual(
    listed.map(({ name, projects }: { name: string; projects: number }) => [name, projects]),
    [
      ['Äpfel', 0],
      ['Work', 1],
    ],
  )
  assert.deepEqual(await names(ada, `&folder=${work}`), ['Filed'])
  assert.equal((await ada.delete(`/library/folders/${work}`)).status, 204)
  assert.equal((await ada.get(`/projects/${id}`)).body.folderId, null)
})

test('a folder of somebody else is not there, and takes no projects of others', async () => {
  const theirs = await folder(eve, 'Secret')
  assert.equal((await ada.put(`/library/folders/${theirs}`, { name: 'Mine' })).status, 404)
  assert.equal((await ada.delete(`/library/folders/${theirs}`)).status, 404)
  const id = await project(ada, 'Stays')
  assert.equal((await ada.put(`/projects/${id}`, { folderId: theirs })).status, 404)
  // Nor does one of another organization that the same person belongs to.
  const team = await makeTeam(world, [{ id: ada.id, role: 'editor' }])
  const { body } = await ada.post('/library/folders', { name: 'Team', organizationId: team })
  assert.equal((await ada.put(`/projects/${id}`, { folderId: body.id })).status, 404)
  assert.equal((await ada.get(`/projects/${id}`)).body.folderId, null)
})

test('of many that make folders of one name at once one has it, and never are there too many', async () => {
  const many = await world.signIn('many@example.com')
  await world.sql`insert into everjust.folders (id, organization_id, name, created_by)
    select 'fld_' || lpad(n::text, 20, '0'), ${many.organizationId}, 'f' || n, ${many.id} from generate_series(1, 98) as n`
  const alike = await Promise.all(Array.from({ length: 50 }, () => many.post('/library/folders', { name: 'Same' })))
  assert.equal(alike.filter(({ status }) => status === 201).length, 1)
  const caller = await world.instance()
  const again = caller.withToken(many.token)
  const others = await Promise.all(
    Array.from({ length: 10 }, (_, n) => again.post('/library/folders', { name: `n${n}` })),
  )
  assert.equal(others.filter(({ status }) => status === 201).length, 1)
  assert.equal((await many.get('/library/folders')).body.items.length, 100)
})

test('a favourite is the affair of one person', async () => {
  const id = await project(ada, 'Dear', { visibility: 'public' })
  for (let twice = 0; twice < 2; twice++) assert.equal((await ada.put(`/library/favourites/${id}`)).status, 204)
  assert.equal((await ada.get(`/projects/${id}`)).body.favourite, true)
  assert.equal((await eve.get(`/projects/${id}`)).body.favourite, false)
  assert.deepEqual(await names(ada, '&favourites=true'), ['Dear'])
  assert.equal((await ada.delete(`/library/favourites/${id}`)).status, 204)
  assert.deepEqual(await names(ada, '&favourites=true'), [])
})

test('projects are found by name and first request, whatever the case and the accents', async () => {
  const lin = await world.signIn('lin@example.com')
  await project(lin, 'Crème brûlée recipes')
  const id = await project(lin, 'Untitled')
  await project(lin, '100% cotton_shop')
  await lin.post(`/projects/${id}/generate`, { prompt: 'a Straßencafé with a menu' })
  assert.deepEqual(await names(lin, '&q=CREME%20recip'), ['Crème brûlée recipes'])
  assert.deepEqual(await names(lin, '&q=cafe%20menu'), ['Untitled'])
  assert.deepEqual(await names(lin, '&q=%25'), ['100% cotton_shop'])
  assert.deepEqual(await names(lin, '&q=_'), ['100% cotton_shop'])
  assert.deepEqual(await names(lin, '&q=menu%20brulee'), [])
  assert.equal((await names(lin, '&q=%20%20')).length, 3)
  assert.deepEqual(await names(lin, `&q=${'cafe '.repeat(18)}menu`.replaceAll(' ', '%20')), ['Untitled'])
})

test('each way of sorting goes on where its page ended, and takes no place in another', async () => {
  const sam = await world.signIn('sam@example.com')
  const given = ['delta', 'Älpha', 'bravo', 'Charlie', 'alpha', 'echo', 'Émile']
  for (const name of given) await project(sam, name)
  await sam.put(`/projects/${(await sam.get('/projects?sort=name&limit=1')).body.items[0].id}`, { name: 'alpha' })
  const walk = async (sort: string) => {
    const seen: string[] = []
    for (let after = ''; ;) {
      const { body } = await sam.get(`/projects?sort=${sort}&limit=2${after}`)
      seen.push(...body.items.map(({ name }: { name: string }) => name))
      if (!body.next) return seen
      after = `&after=${body.next}`
    }
  }
  const byName = await walk('name')
  assert.deepEqual(byName.slice(2), ['bravo', 'Charlie', 'delta', 'echo', 'Émile'])
  assert.deepEqual(
    byName.slice(0, 2).map((name) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()),
    ['alpha', 'alpha'],
  )
  assert.deepEqual((await walk('created')).length, given.length)
  assert.equal((await walk('created')).at(-1), 'delta')
  assert.equal((await walk('changed')).length, given.length)
  const { body } = await sam.get('/projects?sort=name&limit=2')
  assert.equal((await sam.get(`/projects?sort=created&after=${body.next}`)).status, 400)
  assert.equal((await sam.get(`/projects?after=created.eA.${'prj_00000000000000000000'}`)).status, 400)
})

test('an archived project is read and not changed, until it is taken out again', async () => {
  const id = await project(ada, 'Old')
  const at = (rest: string) => `/projects/${id}${rest}`
  const archived = await ada.put(at(''), { archived: true })
  assert.equal(archived.status, 200)
  assert.ok(archived.body.archivedAt)
  assert.ok(!(await names(ada)).includes('Old'))
  assert.deepEqual(await names(ada, '&archived=true'), ['Old'])
  for (const refused of [
    await ada.post(at('/generate'), { prompt: 'x' }),
    await ada.post(at('/sandbox')),
    await ada.post(at('/versions'), { parentId: null, message: 'x', files: [] }),
    await ada.put(`/workshop/${id}/secrets/KEY`, { value: 'x' }),
    await ada.post(`/conversations/${id}/queue`, { prompt: 'x' }),
  ]) {
    assert.deepEqual([refused.status, refused.body.code], [409, 'project_archived'])
  }
  assert.equal((await ada.get(at('/versions'))).status, 200)
  assert.equal((await ada.put(at(''), { name: 'Older' })).status, 200)
  assert.equal((await ada.put(at(''), { archived: false })).body.archivedAt, null)
  assert.equal((await ada.post(at('/generate'), { prompt: 'x' })).status, 202)
  assert.deepEqual(
    (await deeds(id)).filter((deed) => deed !== 'secret.set'),
    ['project.create', 'project.archive', 'project.update', 'project.unarchive'],
  )
  const running = await ada.put(at(''), { archived: true })
  assert.deepEqual([running.status, running.body.code], [409, 'generation_active'])
})

test('of a run and the archive that are asked for at once, one comes', async () => {
  const bob = await world.signIn('bob@example.com')
  const other = (await world.instance()).withToken(bob.token)
  for (let round = 0; round < 8; round++) {
    const id = await project(bob, `Race ${round}`)
    const [run, archive] = await Promise.all([
      bob.post(`/projects/${id}/generate`, { prompt: 'x' }),
      other.put(`/projects/${id}`, { archived: true }),
    ])
    assert.equal([run, archive].filter(({ status }) => status < 300).length, 1, `${run.status} ${archive.status}`)
  }
})

test('an icon is one of those there are, and null is the one by the name', async () => {
  const id = await project(ada, 'Iconic')
  assert.equal((await ada.get(`/projects/${id}`)).body.icon, null)
  const icon = { symbol: 'rocket', colour: 'plum' }
  assert.deepEqual((await ada.put(`/projects/${id}`, { icon })).body.icon, icon)
  assert.equal((await ada.put(`/projects/${id}`, { icon: { ...icon, symbol: 'x' } })).status, 400)
  assert.equal((await ada.put(`/projects/${id}`, { icon: null })).body.icon, null)
})

test('what was deleted is listed for a day, brought back as it was, or cleared away', async () => {
  const kim = await world.signIn('kim@example.com')
  const id = await project(kim, 'Second thoughts')
  await kim.put(`/library/favourites/${id}`)
  await kim.post(`/projects/${id}/generate`, { prompt: 'x' })
  await kim.delete(`/projects/${id}`)
  const [deleted] = (await kim.get('/library/deleted')).body.items
  assert.deepEqual([deleted.id, deleted.state], [id, 'deleting'])
  assert.equal(Date.parse(deleted.goneAt) - Date.parse(deleted.deletedAt), 24 * 3_600_000)
  for (const rest of [`/library/deleted/${id}/undelete`, `/library/projects/${id}/remix`]) {
    assert.equal((await eve.post(rest, {})).status, 404)
  }
  const back = await kim.post(`/library/deleted/${id}/undelete`)
  assert.deepEqual([back.status, back.body.state, back.body.favourite], [200, 'ready', true])
  assert.equal((await kim.post(`/library/deleted/${id}/undelete`)).status, 200)
  assert.deepEqual((await kim.get('/library/deleted')).body.items, [])

  assert.equal((await kim.delete(`/library/deleted/${id}`)).status, 409)
  await kim.delete(`/projects/${id}`)
  assert.equal((await eve.delete(`/library/deleted/${id}`)).status, 404)
  assert.equal((await kim.delete(`/library/deleted/${id}`)).status, 204)
  assert.equal((await kim.post(`/library/deleted/${id}/undelete`)).status, 404)
  assert.equal(world.wakes.at(-1)?.kind, 'delete-project')
  assert.deepEqual(
    (await deeds(id)).filter((deed) => !deed.startsWith('project.create')),
    ['project.delete', 'project.undelete', 'project.undelete', 'project.delete', 'project.clear'],
  )
})

test('a public project that was deleted is nothing to strangers', async () => {
  const id = await project(ada, 'Was public', { visibility: 'public' })
  await ada.delete(`/projects/${id}`)
  assert.equal((await eve.post(`/library/deleted/${id}/undelete`)).status, 404)
})
