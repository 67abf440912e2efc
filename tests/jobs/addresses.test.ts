import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { operatorPermission } from '../../lib/contract/permission.ts'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { makeTeam, type SignedIn } from '../world.ts'
import { save } from '../world/files.ts'
import { openStage } from './stage.ts'

const stage = await openStage({ after })
const { world, provider } = stage
const [ada, operator] = await Promise.all([stage.person(), world.signIn('ops@example.com', [operatorPermission])])
beforeEach(() => {
  provider.trouble.failing = false
  provider.trouble.before = undefined
})

const addressOf = async (project: ProjectId, who = ada): Promise<string | undefined> =>
  (await who.get(`/projects/${project}/sandbox`)).body.preview?.url
const hasEnded = (url: string | undefined) => provider.ended.includes(url ?? 'none')

interface Scene {
  project: ProjectId
  team: string
  member: SignedIn
  guest: SignedIn
  /** What all of them were told. */
  told: string
}

/** A team's project with its app awake, a member beside its owner, and a guest. */
async function scene(): Promise<Scene> {
  const [member, guest] = await Promise.all([stage.person(), stage.person()])
  const team = await makeTeam(world, [
    { id: ada.id, role: 'owner' },
    { id: member.id, role: 'editor' },
  ])
  const project = (await ada.post('/projects', { name: 'Habits', organizationId: team })).body.id as ProjectId
  await save(ada, project, { parentId: null, contents: { 'index.html': '<h1>Habits</h1>' } })
  await world.sql`insert into everjust.project_guests (project_id, user_id, role) values (${project}, ${guest.id}, 'viewer')`
  await ada.post(`/projects/${project}/sandbox`)
  await stage.drain()
  return { project, team, member, guest, told: (await addressOf(project, member)) ?? assert.fail('not awake') }
}

const ways: Record<string, (at: Scene) => Promise<{ status: number }>> = {
  'a removed member': ({ team, member }) => ada.delete(`/organizations/${team}/members/${member.id}`),
  'a member who left': ({ team, member }) => member.delete(`/organizations/${team}/membership`),
  'a removed guest': ({ project, guest }) => ada.delete(`/shares/${project}/guests/${guest.id}`),
  'a guest who left': ({ project, guest }) => guest.delete(`/shares/${project}/guests/me`),
  'a suspended member': ({ member }) => operator.put(`/operator/people/${member.id}/suspension`, { reason: 'spam' }),
  'a suspended guest': ({ guest }) => operator.put(`/operator/people/${guest.id}/suspension`, { reason: 'spam' }),
}
for (const [who, go] of Object.entries(ways)) {
  test(`the preview that ${who} had open ends, and those who stay are told another`, async () => {
    const at = await scene()
    const { status } = await go(at)
    assert.equal(status, 204)
    assert.deepEqual(
      (await stage.drain()).filter((kind) => kind !== 'send-notice'),
      ['change-addresses'],
    )
    assert.ok(hasEnded(at.told), at.told)
    const now = await addressOf(at.project)
    assert.ok(now && now !== at.told && !hasEnded(now), now)
    const [event] = await world.sql`select data from everjust.events
      where project_id = ${at.project} and type = 'preview:ready' order by seq desc limit 1`
    assert.equal(event?.['data'].url, now)
  })
}

test('a public project that becomes private, a suspended organization and who is blocked lose it at the next minute', async () => {
  const [shown, suspended, blocked] = [await scene(), await scene(), await scene()]
  await ada.put(`/projects/${shown.project}`, { visibility: 'public' })
  await stage.minute()
  assert.deepEqual(await stage.drain(), [])
  await ada.put(`/projects/${shown.project}`, { visibility: 'private' })
  await world.sql`update everjust.organizations set suspended_at = now(), suspended_reason = 'x' where id = ${suspended.team}`
  await world.sql`update everjust.users set blocked_at = now() where id = ${blocked.member.id}`
  await stage.minute()
  assert.deepEqual(new Set(await stage.drain()), new Set(['change-addresses']))
  for (const { told } of [shown, suspended, blocked]) assert.ok(hasEnded(told), told)
})

test('the address of an app that sleeps ends too, and is not told again when it wakes', async () => {
  const { project, team, member, told } = await scene()
  await ada.delete(`/projects/${project}/sandbox`)
  await stage.drain()
  await ada.delete(`/organizations/${team}/members/${member.id}`)
  await stage.drain()
  assert.ok(hasEnded(told))
  await ada.post(`/projects/${project}/sandbox`)
  await stage.drain()
  const now = await addressOf(project)
  assert.ok(now && now !== told)
})

test('an address that is spent while its sandbox comes up is told to nobody', async () => {
  const { project, team, member, told } = await scene()
  await ada.delete(`/projects/${project}/sandbox`)
  await stage.drain()
  provider.trouble.before = async (method) => {
    if (method !== 'run') return
    provider.trouble.before = undefined
    await ada.delete(`/organizations/${team}/members/${member.id}`)
  }
  await ada.post(`/projects/${project}/sandbox`)
  await stage.drain()
  assert.ok(hasEnded(told))
  const now = await addressOf(project)
  assert.ok(now && now !== told && !hasEnded(now), now)
})

test('an address that cannot be ended now is not told meanwhile, and ended later', async () => {
  const { project, team, member, told } = await scene()
  provider.trouble.failing = true
  await ada.delete(`/organizations/${team}/members/${member.id}`)
  await stage.drain()
  assert.equal(await addressOf(project), undefined)
  assert.equal(hasEnded(told), false)
  provider.trouble.failing = false
  await world.sql`update everjust.jobs set run_at = now() where state = 'queued'`
  await stage.minute()
  await stage.drain()
  assert.ok(hasEnded(told))
  assert.ok(await addressOf(project))
})

const open = async (token: string, again = 'true') => world.anonymous.get(`/shares/open/${token}?again=${again}`)

test('a link has an address of its own: that ends with the link, and no other does', async () => {
  const { project, told } = await scene()
  const [link, other] = [
    (await ada.post(`/shares/${project}`, { hours: 1 })).body,
    (await ada.post(`/shares/${project}`, { hours: 720 })).body,
  ]
  const shown: { url: string; expiresAt: string }[] = []
  for (const { token } of [link, other]) {
    assert.equal((await open(token, 'false')).body.preview, null)
    await stage.drain()
    shown.push((await open(token)).body.preview)
  }
  assert.equal(new Set([told, ...shown.map(({ url }) => url)]).size, 3)
  assert.equal(shown[0]?.expiresAt, link.expiresAt)
  assert.ok(Date.parse(shown[1]?.expiresAt ?? '') < Date.parse(other.expiresAt))
  assert.equal((await open(link.token, 'still')).body.preview.url, shown[0]?.url)
  await stage.drain()
  await ada.delete(`/shares/${project}/${link.id}`)
  assert.deepEqual(await stage.drain(), ['change-addresses'])
  assert.ok(hasEnded(shown[0]?.url))
  assert.equal((await open(link.token, 'still')).status, 404)
  assert.equal((await open(other.token, 'still')).body.preview.url, shown[1]?.url)
  assert.equal(await addressOf(project), told)
  assert.ok(!hasEnded(told) && !hasEnded(shown[1]?.url))
})

test('a link that is taken back while its address is signed shows nothing', async () => {
  const { project } = await scene()
  const link = (await ada.post(`/shares/${project}`, { hours: 1 })).body
  await open(link.token, 'false')
  const before = provider.ended.length
  provider.trouble.before = async (method) => {
    if (method !== 'signPreview') return
    provider.trouble.before = undefined
    await ada.delete(`/shares/${project}/${link.id}`)
  }
  await stage.drain()
  assert.equal(provider.ended.length, before + 1)
  const [row] = await world.sql`select preview_url from everjust.shares where id = ${link.id}`
  assert.equal(row?.['preview_url'], null)
})

test('who looks at a link’s app still wakes nothing and is not counted', async () => {
  const { project } = await scene()
  const link = (await ada.post(`/shares/${project}`, { hours: 1 })).body
  await ada.delete(`/projects/${project}/sandbox`)
  await stage.drain()
  const { status, body } = await open(link.token, 'still')
  assert.deepEqual([status, body.preview, body.waking], [200, null, null])
  assert.deepEqual(await stage.drain(), [])
  assert.equal((await ada.get(`/shares/${project}`)).body.items[0].opened, 0)
})
