import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { newId, type GenerationId, type ProjectId, type VersionId } from '../../lib/contract/ids.ts'
import type { Recording } from '../../lib/contract/recording.ts'
import { operatorPermission } from '../../lib/contract/permission.ts'
import { formatManifest } from '../../lib/domain/manifest.ts'
import { objectKeys } from '../../lib/ports/object-store.ts'
import { makeTeam, openWorld, type Answer, type Caller } from '../world.ts'
import { entry } from '../world/files.ts'

const world = await openWorld({ after })
const [owner, editor, viewer, billing, stranger] = await Promise.all(
  ['owner', 'editor', 'viewer', 'billing', 'stranger'].map((name) => world.signIn(`${name}@example.com`)),
)
/** Of every project that a place is, and of nothing else of the team. */
const guests = {
  editor: await world.signIn('guest-editor@example.com'),
  viewer: await world.signIn('guest-viewer@example.com'),
}
const operator = await world.signIn('operator@example.com', [operatorPermission])
assert.ok(owner && editor && viewer && billing && stranger)
const team = await makeTeam(world, [
  { id: owner.id, role: 'owner' },
  { id: editor.id, role: 'editor' },
  { id: viewer.id, role: 'viewer' },
  { id: billing.id, role: 'billing' },
])

/** A key that may do all that keys may: it opens what its maker's token opens, and no more. */
const { body: keys } = await editor.get('/keys')
const made = await editor.post('/keys', { name: 'All', scopes: keys.scopes, requestsPerMinute: 600 })
const key = world.withToken(made.body.key)

/** Where anybody may come by invitation. */
const club = await makeTeam(world, [{ id: owner.id, role: 'owner' }])
await world.sql`update everjust.organizations set seats = 100 where id = ${club}`
const clubToken = 'come-to-the-club-all-of-you'
await world.sql`insert into everjust.invitations (id, organization_id, digest, role, uses, created_by, expires_at)
  values (${newId('invitation')}, ${club}, ${createHash('sha256').update(clubToken).digest('hex')}, 'viewer', 100, ${owner.id},
    now() + interval '1 hour')`

/** Everybody is again what they were at first. */
const asBefore = async () => {
  for (const [{ id }, role] of [
    [owner, 'owner'],
    [editor, 'editor'],
    [viewer, 'viewer'],
    [billing, 'billing'],
  ] as const) {
    await world.sql`insert into everjust.memberships (organization_id, user_id, role) values (${team}, ${id}, ${role})
      on conflict (user_id, organization_id) do update set role = excluded.role`
  }
}

/** Whom an operator acts upon. */
const suspect = await world.signIn('suspect@example.com')

/** Each of them alone owns what another belongs to, so that asking to delete their account ends nothing here. */
for (const { id } of [owner, editor, viewer, billing, guests.editor, guests.viewer, stranger, operator])
  await makeTeam(world, [
    { id, role: 'owner' },
    { id: suspect.id, role: 'viewer' },
  ])

interface Place {
  project: ProjectId
  version: VersionId
  generation: GenerationId
}

interface Row {
  /** The least role of a member; `person` is anybody who signed in, `nobody` also who did not, `operator` no member's. */
  least: 'operator' | 'owner' | 'admin' | 'editor' | 'viewer' | 'person' | 'nobody' | 'run'
  /** Whether a member who does the billing may do it, beyond what a viewer may. */
  billing?: true
  /** Whether the runner of the project may do it too. */
  run?: true
  /** Whether the person must have signed in just now, so that no key may do it. */
  fresh?: true
  /** It is about a thing of somebody else's, who is not in the table: whoever is let in finds nothing. */
  ofAnother?: true
  /** The plan of the team does not have it: whoever is let in is told so. */
  unpaid?: true
  /** Whoever is let in finds nothing there, unless they are a guest of the project. */
  ofGuests?: true
  path(place: Place): string
  body?(place: Place): unknown
  /** What is put right when somebody did it. */
  afterwards?(): Promise<void>
}

const files = [entry('a.txt', 'a')]
const at = (rest: string) => (place: Place) =>
  `/projects/${place.project}${rest.replaceAll(':v', place.version).replaceAll(':g', place.generation)}`

const coding = (rest: string) => (place: Place) => at(rest)(place).replace('/projects/', '/code/')

const workshop = (rest: string) => (place: Place) => at(rest)(place).replace('/projects/', '/workshop/')

const talking = (rest: string) => (place: Place) =>
  at(rest.replace(':m', messageOf(place.generation)).replace(':i', imageOf(place.generation)))(place).replace(
    '/projects/',
    '/conversations/',
  )

const sharing = (rest: string) => (place: Place) =>
  `/shares${rest.replace(':p', place.project).replace(':s', shareOf(place.generation))}`

const operating = (rest: string) => (place: Place) => `/operator${at(rest)(place).replace(/^\/projects\/\w+/, '')}`
const reason = () => ({ reason: 'It sends spam.' })

/** Who may do what, written down a second time, by hand. */
const expected: Record<string, Row> = {
  'GET shares /open/:token': { least: 'nobody', path: ({ project }) => `/shares/open/${tokenOf(project)}` },
  'GET shares /:projectId': { least: 'editor', path: sharing('/:p') },
  'POST shares /:projectId': { least: 'editor', path: sharing('/:p'), body: () => ({ hours: 1 }) },
  'DELETE shares /:projectId/:shareId': { least: 'editor', path: sharing('/:p/:s') },
  'GET shares /:projectId/guests': { least: 'editor', path: sharing('/:p/guests') },
  'POST shares /:projectId/guests': {
    least: 'admin',
    path: sharing('/:p/guests'),
    body: () => ({ email: 'guest@example.com' }),
  },
  'DELETE shares /:projectId/guests/me': { least: 'viewer', ofGuests: true, path: sharing('/:p/guests/me') },
  'PUT shares /:projectId/guests/:userId': {
    least: 'admin',
    path: (place) => sharing(`/:p/guests/${memberOf(place.generation)}`)(place),
    body: () => ({ role: 'viewer' }),
  },
  'DELETE shares /:projectId/guests/:userId': {
    least: 'admin',
    path: (place) => sharing(`/:p/guests/${memberOf(place.generation)}`)(place),
  },
  'DELETE shares /:projectId/invited/:invitationId': {
    least: 'admin',
    path: (place) => sharing(`/:p/invited/${guestInvitationOf(place.project)}`)(place),
  },
  'GET library /folders': { least: 'viewer', path: () => `/library/folders?organizationId=${team}` },
  'POST library /folders': {
    least: 'editor',
    path: () => '/library/folders',
    body: () => ({ name: newId('folder'), organizationId: team }),
  },
  'PUT library /folders/:folderId': {
    least: 'editor',
    path: ({ generation }) => `/library/folders/${folderOf(generation)}`,
    body: () => ({ name: newId('folder') }),
  },
  'DELETE library /folders/:folderId': {
    least: 'editor',
    path: ({ generation }) => `/library/folders/${folderOf(generation)}`,
  },
  'PUT library /favourites/:projectId': { least: 'viewer', path: ({ project }) => `/library/favourites/${project}` },
  'DELETE library /favourites/:projectId': { least: 'viewer', path: ({ project }) => `/library/favourites/${project}` },
  'GET library /deleted': { least: 'viewer', path: () => `/library/deleted?organizationId=${team}` },
  'DELETE library /deleted/:projectId': { least: 'admin', path: ({ project }) => `/library/deleted/${project}` },
  'GET library /shared': { least: 'person', path: () => '/library/shared' },
  'GET library /public': { least: 'nobody', path: () => '/library/public' },
  'POST library /deleted/:projectId/undelete': {
    least: 'admin',
    path: ({ project }) => `/library/deleted/${project}/undelete`,
  },
  'POST library /projects/:projectId/remix': {
    least: 'viewer',
    path: ({ project }) => `/library/projects/${project}/remix`,
    body: () => ({}),
  },
  'GET operator /people': { least: 'operator', path: operating('/people') },
  'PUT operator /people/:userId/suspension': {
    least: 'operator',
    path: operating(`/people/${suspect.id}/suspension`),
    body: reason,
  },
  'DELETE operator /people/:userId/suspension': {
    least: 'operator',
    path: operating(`/people/${suspect.id}/suspension`),
  },
  'GET operator /organizations': { least: 'operator', path: operating('/organizations') },
  'GET operator /organizations/:organizationId': {
    least: 'operator',
    path: operating(`/organizations/${suspect.organizationId}`),
  },
  'PUT operator /organizations/:organizationId/grant': {
    least: 'operator',
    path: operating(`/organizations/${suspect.organizationId}/grant`),
    body: () => ({ tier: 'pro', limits: {}, until: null, ...reason() }),
  },
  'DELETE operator /organizations/:organizationId/grant': {
    least: 'operator',
    path: operating(`/organizations/${suspect.organizationId}/grant`),
  },
  'PUT operator /organizations/:organizationId/suspension': {
    least: 'operator',
    path: operating(`/organizations/${suspect.organizationId}/suspension`),
    body: reason,
  },
  'DELETE operator /organizations/:organizationId/suspension': {
    least: 'operator',
    path: operating(`/organizations/${suspect.organizationId}/suspension`),
  },
  'GET operator /flags': { least: 'operator', path: operating('/flags') },
  'PUT operator /flags/:name': {
    least: 'operator',
    path: operating('/flags/teams'),
    body: () => ({ percent: 100 }),
  },
  'PUT operator /flags/:name/organizations/:organizationId': {
    least: 'operator',
    path: () => `/operator/flags/teams/organizations/${suspect.organizationId}`,
    body: () => ({ on: false }),
  },
  'DELETE operator /flags/:name/organizations/:organizationId': {
    least: 'operator',
    path: () => `/operator/flags/prompt-improvement/organizations/${team}`,
  },
  'GET operator /announcements': { least: 'operator', path: operating('/announcements') },
  'POST operator /announcements': {
    least: 'operator',
    path: operating('/announcements'),
    body: () => ({
      tone: 'news',
      words: { en: 'It is tried.', de: null },
      from: '2090-01-01T00:00:00.000Z',
      until: null,
      dismissible: true,
    }),
  },
  'DELETE operator /announcements/:announcementId': {
    least: 'operator',
    path: ({ generation }) => `/operator/announcements/${announcementOf(generation)}`,
  },
  'GET operator /figures': { least: 'operator', path: operating('/figures') },
  'GET operator /runs': { least: 'operator', path: operating('/runs') },
  'POST operator /runs/:generationId/stop': { least: 'operator', path: operating('/runs/:g/stop'), body: reason },
  'GET health /': { least: 'nobody', path: () => '/health' },
  'GET settings /announcements': { least: 'nobody', path: () => '/settings/announcements' },
  'GET settings /data': { least: 'nobody', path: () => '/settings/data' },
  'GET settings /': { least: 'nobody', path: () => '/settings' },
  'GET user /': { least: 'person', path: () => '/user' },
  'POST user /terms': { least: 'person', path: () => '/user/terms', body: () => ({ version: '1' }) },
  'GET user /exports': { least: 'person', path: () => '/user/exports' },
  'POST user /exports': { least: 'person', fresh: true, path: () => '/user/exports' },
  'DELETE user /': { least: 'person', fresh: true, path: () => '/user' },
  'GET user /usage': { least: 'viewer', path: () => `/user/usage?organizationId=${team}` },
  'GET user /billing': { least: 'person', path: () => '/user/billing' },
  'GET user /open-payments': { least: 'person', path: () => '/user/open-payments' },
  'GET user /caps': { least: 'person', path: () => '/user/caps' },
  'PUT user /caps': {
    least: 'person',
    path: () => '/user/caps',
    body: () => ({ runMicros: null, monthMicros: null }),
  },
  'GET projects /': { least: 'viewer', path: () => `/projects?organizationId=${team}` },
  'POST projects /': { least: 'editor', path: () => '/projects', body: () => ({ name: 'x', organizationId: team }) },
  'GET projects /:projectId': { least: 'viewer', path: at('') },
  'PUT projects /:projectId': { least: 'editor', path: at(''), body: () => ({ name: 'x' }) },
  'DELETE projects /:projectId': { least: 'admin', path: at('') },
  'POST projects /:projectId/generate': { least: 'editor', path: at('/generate'), body: () => ({ prompt: 'x' }) },
  'GET projects /:projectId/generations': { least: 'viewer', path: at('/generations') },
  'GET projects /:projectId/generations/:generationId': { least: 'viewer', path: at('/generations/:g') },
  'POST projects /:projectId/generations/:generationId/cancel': { least: 'editor', path: at('/generations/:g/cancel') },
  'POST projects /:projectId/generations/:generationId/events': {
    least: 'run',
    path: at('/generations/:g/events'),
    body: () => ({ attempt: 1, events: [] }),
  },
  'POST projects /:projectId/generations/:generationId/end': {
    least: 'run',
    path: at('/generations/:g/end'),
    body: () => ({ attempt: 1, outcome: 'succeeded', failure: null, answer: 'Done.', versionId: null }),
  },
  'GET workshop /:projectId/sandbox': { least: 'editor', path: workshop('/sandbox') },
  'PUT workshop /:projectId/sandbox': {
    least: 'editor',
    path: workshop('/sandbox'),
    body: () => ({ size: null, autoStopMinutes: null, network: { kind: 'none' } }),
  },
  'POST workshop /:projectId/sandbox/restart': {
    least: 'editor',
    path: workshop('/sandbox/restart'),
    body: () => ({ anew: false }),
  },
  'GET workshop /:projectId/usage': { least: 'editor', path: workshop('/usage') },
  'GET workshop /:projectId/limits': { least: 'editor', path: workshop('/limits') },
  'PUT workshop /:projectId/limits': {
    least: 'admin',
    path: workshop('/limits'),
    body: () => ({ runMicros: null, monthMicros: 5_000_000 }),
  },
  'PUT workshop /:projectId/organization': {
    least: 'admin',
    path: workshop('/organization'),
    body: () => ({ organizationId: team }),
  },
  'GET workshop /:projectId/members': { least: 'editor', path: workshop('/members') },
  'GET projects /:projectId/events': { least: 'viewer', path: at('/events') },
  'POST projects /:projectId/live': { least: 'viewer', path: at('/live') },
  'GET projects /:projectId/sandbox': { least: 'viewer', path: at('/sandbox') },
  'POST projects /:projectId/sandbox': { least: 'editor', path: at('/sandbox') },
  'DELETE projects /:projectId/sandbox': { least: 'editor', path: at('/sandbox') },
  'GET projects /:projectId/versions': { least: 'viewer', path: at('/versions') },
  'POST projects /:projectId/versions': {
    least: 'editor',
    run: true,
    path: at('/versions'),
    body: ({ version }) => ({ parentId: version, message: 'x', files }),
  },
  'GET projects /:projectId/versions/current': { least: 'viewer', run: true, path: at('/versions/current') },
  'POST projects /:projectId/versions/batch': {
    least: 'editor',
    run: true,
    path: at('/versions/batch'),
    body: () => ({ files }),
  },
  'POST projects /:projectId/versions/downloads': {
    least: 'viewer',
    run: true,
    path: at('/versions/downloads'),
    body: () => ({ sha256: [entry('a.txt', 'a').sha256] }),
  },
  'PUT projects /:projectId/versions/:versionId': {
    least: 'editor',
    path: at('/versions/:v'),
    body: () => ({ name: 'The one for the talk' }),
  },
  'GET projects /:projectId/versions/:versionId/files': { least: 'viewer', path: at('/versions/:v/files') },
  'GET projects /:projectId/versions/:versionId/files/*path': { least: 'viewer', path: at('/versions/:v/files/a.txt') },
  'GET projects /:projectId/versions/:before/diff/:after': { least: 'viewer', path: at('/versions/:v/diff/:v') },
  'POST projects /:projectId/versions/:versionId/restore': { least: 'editor', path: at('/versions/:v/restore') },
  'POST conversations /:projectId/quote': { least: 'editor', path: talking('/quote'), body: () => ({ prompt: 'x' }) },
  'GET conversations /:projectId/queue': { least: 'viewer', path: talking('/queue') },
  'POST conversations /:projectId/queue': { least: 'editor', path: talking('/queue'), body: () => ({ prompt: 'x' }) },
  'PUT conversations /:projectId/queue': {
    least: 'editor',
    path: talking('/queue'),
    body: ({ generation }) => ({ order: [messageOf(generation)] }),
  },
  'PUT conversations /:projectId/queue/:messageId': {
    least: 'editor',
    path: talking('/queue/:m'),
    body: () => ({ prompt: 'y' }),
  },
  'GET conversations /:projectId/recordings/:generationId': { least: 'viewer', path: talking('/recordings/:g') },
  'POST conversations /:projectId/recordings/:generationId/addresses': {
    least: 'viewer',
    path: talking('/recordings/:g/addresses'),
    body: () => ({ objects: [entry('a.txt', 'a').sha256] }),
  },
  'GET conversations /:projectId/recordings/:generationId/calls/:callId': {
    least: 'editor',
    path: talking('/recordings/:g/calls/call_00000000000000000001'),
  },
  'POST conversations /:projectId/recordings/:generationId': {
    least: 'run',
    path: talking('/recordings/:g'),
    body: () => ({ objects: [] }),
  },
  'DELETE conversations /:projectId/queue/:messageId': { least: 'editor', path: talking('/queue/:m') },
  'POST conversations /:projectId/images': {
    least: 'editor',
    path: talking('/images'),
    body: () => ({ mediaType: 'image/png', size: 1, sha256: entry('a.txt', 'a').sha256 }),
  },
  'GET conversations /:projectId/images/:imageId': { least: 'viewer', path: talking('/images/:i') },
  'POST conversations /:projectId/images/:imageId/checked': { least: 'editor', path: talking('/images/:i/checked') },
  'POST conversations /:projectId/retry': {
    least: 'editor',
    path: talking('/retry'),
    body: ({ generation }) => ({ generationId: generation }),
  },
  'POST organizations /': { least: 'person', path: () => '/organizations', body: () => ({ name: 'Club' }) },
  'GET organizations /:organizationId': { least: 'viewer', path: () => `/organizations/${team}` },
  'PUT organizations /:organizationId': {
    least: 'admin',
    path: () => `/organizations/${team}`,
    body: () => ({ name: 'Team' }),
  },
  'DELETE organizations /:organizationId': {
    least: 'owner',
    fresh: true,
    path: ({ generation }) => `/organizations/${doomedOf(generation)}`,
  },
  'GET organizations /:organizationId/members': { least: 'viewer', path: () => `/organizations/${team}/members` },
  'PUT organizations /:organizationId/members/:userId': {
    least: 'admin',
    path: ({ generation }) => `/organizations/${team}/members/${memberOf(generation)}`,
    body: () => ({ role: 'editor' }),
  },
  'DELETE organizations /:organizationId/members/:userId': {
    least: 'admin',
    path: ({ generation }) => `/organizations/${team}/members/${memberOf(generation)}`,
  },
  'DELETE organizations /:organizationId/membership': {
    least: 'viewer',
    path: () => `/organizations/${team}/membership`,
    afterwards: asBefore,
  },
  'PUT organizations /:organizationId/owner': {
    least: 'owner',
    fresh: true,
    path: () => `/organizations/${team}/owner`,
    body: ({ generation }) => ({ userId: memberOf(generation) }),
    afterwards: asBefore,
  },
  'GET organizations /:organizationId/invitations': {
    least: 'admin',
    path: () => `/organizations/${team}/invitations`,
  },
  'POST organizations /:organizationId/invitations': {
    least: 'admin',
    path: () => `/organizations/${team}/invitations`,
    body: () => ({ role: 'viewer' }),
  },
  'DELETE organizations /:organizationId/invitations/:invitationId': {
    least: 'admin',
    path: ({ generation }) => `/organizations/${team}/invitations/${invitationOf(generation)}`,
  },
  'GET invitations /:token': { least: 'nobody', path: () => `/invitations/${clubToken}` },
  'POST invitations /:token': { least: 'person', path: () => `/invitations/${clubToken}` },
  'GET organizations /:organizationId/usage': {
    least: 'admin',
    billing: true,
    path: () => `/organizations/${team}/usage`,
  },
  'GET organizations /:organizationId/usage/rows': {
    least: 'admin',
    billing: true,
    path: () => `/organizations/${team}/usage/rows`,
  },
  'GET organizations /:organizationId/caps': {
    least: 'admin',
    billing: true,
    path: () => `/organizations/${team}/caps`,
  },
  'PUT organizations /:organizationId/caps/:userId': {
    least: 'admin',
    path: () => `/organizations/${team}/caps/${viewer.id}`,
    body: () => ({ runMicros: null, monthMicros: null }),
  },
  'GET organizations /:organizationId/engine': { least: 'viewer', path: () => `/organizations/${team}/engine` },
  'PUT organizations /:organizationId/engine': {
    least: 'admin',
    path: () => `/organizations/${team}/engine`,
    body: () => ({ rules: 'Be brief.' }),
  },
  'PUT organizations /:organizationId/own-model': {
    least: 'admin',
    path: () => `/organizations/${team}/own-model`,
    body: () => ({ key: 'sk-something' }),
  },
  'DELETE organizations /:organizationId/own-model': {
    least: 'admin',
    path: () => `/organizations/${team}/own-model`,
  },
  'GET audit /receipts/:receiptId': {
    least: 'nobody',
    path: ({ generation }) => `/audit/receipts/${receiptOf(generation)}`,
  },
  'GET audit /:organizationId': { least: 'admin', path: () => `/audit/${team}` },
  'GET audit /:organizationId/receipts': { least: 'admin', path: () => `/audit/${team}/receipts` },
  'GET audit /:organizationId/export': { least: 'owner', path: () => `/audit/${team}/export` },
  'GET billing /:organizationId': { least: 'admin', billing: true, path: () => `/billing/${team}` },
  'GET billing /:organizationId/invoices': { least: 'admin', billing: true, path: () => `/billing/${team}/invoices` },
  'POST billing /:organizationId/checkout': {
    least: 'admin',
    billing: true,
    fresh: true,
    path: () => `/billing/${team}/checkout`,
    body: () => ({}),
  },
  'POST billing /:organizationId/portal': {
    least: 'admin',
    billing: true,
    fresh: true,
    path: () => `/billing/${team}/portal`,
  },
  'GET billing /:organizationId/seats': { least: 'admin', billing: true, path: () => `/billing/${team}/seats?seats=5` },
  'PUT billing /:organizationId/seats': {
    least: 'admin',
    billing: true,
    fresh: true,
    path: () => `/billing/${team}/seats`,
    body: () => ({ from: 3, seats: 5 }),
  },
  'POST billing /:organizationId/top-ups': {
    least: 'admin',
    billing: true,
    fresh: true,
    path: () => `/billing/${team}/top-ups`,
    body: () => ({ packs: 1 }),
  },
  'PUT billing /:organizationId/beyond': {
    least: 'admin',
    billing: true,
    fresh: true,
    path: () => `/billing/${team}/beyond`,
    body: () => ({ most: null }),
  },
  'POST billing /:organizationId/refresh': { least: 'admin', billing: true, path: () => `/billing/${team}/refresh` },
  'POST conversations /:projectId/improve': {
    least: 'editor',
    path: talking('/improve?wait=0'),
    body: () => ({ prompt: 'x' }),
  },
  'GET code /:projectId/search': { least: 'viewer', path: coding('/search?q=a') },
  'GET code /:projectId/locks': { least: 'viewer', path: coding('/locks') },
  'PUT code /:projectId/locks/*path': { least: 'editor', path: coding('/locks/src/b.txt') },
  'DELETE code /:projectId/locks/*path': { least: 'editor', path: coding('/locks/a.txt') },
  'GET keys /': { least: 'person', path: () => '/keys' },
  'POST keys /': { least: 'person', fresh: true, path: () => '/keys', body: () => wantedKey },
  'POST keys /:keyId/rotate': {
    least: 'person',
    fresh: true,
    ofAnother: true,
    path: ({ generation }) => `/keys/${keyOf(generation)}/rotate`,
    body: () => ({}),
  },
  'DELETE keys /:keyId': { least: 'person', ofAnother: true, path: ({ generation }) => `/keys/${keyOf(generation)}` },
  'GET keys /organizations/:organizationId': { least: 'admin', path: () => `/keys/organizations/${team}` },
  'POST keys /organizations/:organizationId': {
    least: 'admin',
    fresh: true,
    path: () => `/keys/organizations/${team}`,
    body: () => wantedKey,
  },
  'POST keys /organizations/:organizationId/:keyId/rotate': {
    least: 'admin',
    fresh: true,
    path: ({ generation }) => `/keys/organizations/${team}/${keyOf(generation)}/rotate`,
    body: () => ({}),
  },
  'DELETE keys /organizations/:organizationId/:keyId': {
    least: 'admin',
    path: ({ generation }) => `/keys/organizations/${team}/${keyOf(generation)}`,
  },
  'GET sign-in /sessions': { least: 'person', path: () => '/sign-in/sessions' },
  'DELETE sign-in /sessions': { least: 'person', path: () => '/sign-in/sessions' },
  'DELETE sign-in /sessions/:sessionId': {
    least: 'person',
    ofAnother: true,
    path: () => '/sign-in/sessions/ses_00000000000000000001',
  },
  'GET sign-in /organizations/:organizationId': { least: 'admin', path: () => `/sign-in/organizations/${team}` },
  'PUT sign-in /organizations/:organizationId': {
    least: 'owner',
    fresh: true,
    path: () => `/sign-in/organizations/${team}`,
    body: () => ({ secondFactor: false }),
  },
  'GET sign-in /organizations/:organizationId/company': {
    least: 'admin',
    path: () => `/sign-in/organizations/${team}/company`,
  },
  'PUT sign-in /organizations/:organizationId/company': {
    least: 'owner',
    fresh: true,
    path: () => `/sign-in/organizations/${team}/company`,
    body: () => ({ only: false }),
  },
  'POST sign-in /organizations/:organizationId/company': {
    least: 'owner',
    fresh: true,
    unpaid: true,
    path: () => `/sign-in/organizations/${team}/company`,
  },
  'GET models /': { least: 'viewer', path: () => `/models?organizationId=${team}` },
  'GET workshop /:projectId/secrets': { least: 'editor', path: workshop('/secrets') },
  'PUT workshop /:projectId/secrets/:name': {
    least: 'editor',
    path: workshop('/secrets/OTHER'),
    body: () => ({ value: 'x' }),
  },
  'DELETE workshop /:projectId/secrets/:name': { least: 'editor', path: workshop('/secrets/TOKEN') },
  'POST models /calls': {
    least: 'run',
    path: () => '/models/calls',
    body: () => ({
      body: { model: 'scripted-1', max_tokens: 100, messages: [] },
      headers: { 'anthropic-version': '2023-06-01' },
    }),
  },
  'GET models /calls/:callId': { least: 'run', path: ({ generation }) => `/models/calls/${callOf(generation)}` },
}

const wantedKey = { name: 'Key', scopes: ['project.read'] }
const doomedOf = (generation: GenerationId) => generation.replace('gen_', 'org_')
const receiptOf = (generation: GenerationId) => generation.replace('gen_', 'rcp_')
const keyOf = (generation: GenerationId) => generation.replace('gen_', 'key_')
const shareOf = (generation: GenerationId) => generation.replace('gen_', 'shr_')
const tokenOf = (project: ProjectId) => `${project}-shown-to-all`
const memberOf = (generation: GenerationId) => generation.replace('gen_', 'usr_')
const invitationOf = (generation: GenerationId) => generation.replace('gen_', 'inv_')
const guestInvitationOf = (project: ProjectId) => project.replace('prj_', 'inv_')
const folderOf = (generation: GenerationId) => generation.replace('gen_', 'fld_')
const callOf = (generation: GenerationId) => generation.replace('gen_', 'call_')
const imageOf = (generation: GenerationId) => generation.replace('gen_', 'img_')
const announcementOf = (generation: GenerationId) => generation.replace('gen_', 'ann_')
const messageOf = (generation: GenerationId) => generation.replace('gen_', 'msg_')

const recordingOf = ({ project: projectId, generation: generationId }: Place) => {
  const tree = createHash('sha256').update('').digest('hex')
  const recording: Recording = {
    format: 1,
    generationId,
    projectId,
    baseVersionId: null,
    template: { name: 'static', tree },
    tools: tree,
    start: tree,
    steps: [],
    closing: [],
  }
  return JSON.stringify(recording)
}

/** A project of the team with a version, a running generation, a model call and a sandbox, unlike any other. */
async function openPlace(visibility: 'private' | 'public'): Promise<Place> {
  const { sql, context } = world
  const place: Place = { project: newId('project'), version: newId('version'), generation: newId('generation') }
  const { project, version, generation } = place
  const manifest = formatManifest(files)
  await context.objects.put(`projects/${project}/manifests/${version}.json`, manifest, 'application/json')
  await context.objects.put(objectKeys.recording(project, generation), recordingOf(place), 'application/json')
  await context.objects.put(`projects/${project}/blobs/${files[0]?.sha256}`, 'a', 'text/plain')
  await sql.begin(async (t) => [
    await t`insert into everjust.projects
      (id, organization_id, created_by, name, template, visibility, current_version_id, active_generation_id)
      values (${project}, ${team}, ${owner?.id ?? ''}, 'Place', 'static', ${visibility}, ${version}, ${generation})`,
    await t`insert into everjust.versions
      (id, project_id, number, source, message, manifest_sha256, file_count, total_bytes)
      values (${version}, ${project}, 1, 'edit', 'x', ${createHash('sha256').update(manifest).digest('hex')}, 1, 1)`,
    await t`insert into everjust.blobs (project_id, sha256, size) values (${project}, ${files[0]?.sha256 ?? ''}, 1)`,
    await t`insert into everjust.generations
      (id, project_id, organization_id, requested_by, state, prompt, model, attempt, cap_micros, lease_until, started_at)
      values (${generation}, ${project}, ${team}, ${owner?.id ?? ''}, 'running', 'x', 'scripted-1', 1, 1000000,
        now() + interval '1 hour', now())`,
    await t`insert into everjust.model_calls (id, project_id, generation_id, attempt, model, state, held_micros)
      values (${callOf(generation)}, ${project}, ${generation}, 1, 'scripted-1', 'settled', 0)`,
    await t`insert into everjust.images (id, project_id, uploaded_by, media_type, size, sha256, checked_at)
      values (${imageOf(generation)}, ${project}, ${owner?.id ?? ''}, 'image/png', 1, 'x', now())`,
    await t`insert into everjust.queued_messages (id, project_id, written_by, prompt, wish, place)
      values (${messageOf(generation)}, ${project}, ${owner?.id ?? ''}, 'x',
        ${sql.json({ mode: 'build', mayFallBack: false, attachments: [] })}, 1)`,
    await t`insert into everjust.folders (id, organization_id, name, created_by)
      values (${folderOf(generation)}, ${team}, ${project}, ${owner?.id ?? ''})`,
    await t`insert into everjust.organizations (id, name, kind, tier) values (${doomedOf(generation)}, 'Doomed', 'team', 'team')`,
    await t`insert into everjust.memberships (organization_id, user_id, role)
      select ${doomedOf(generation)}, user_id, role from everjust.memberships where organization_id = ${team}
        and role <> 'admin'`,
    await t`insert into everjust.deletion_receipts (id, organization_id, kind, subject, asked_at, covers)
      values (${receiptOf(generation)}, ${doomedOf(generation)}, 'person', ${memberOf(generation)}, now(), '{}')`,
    await t`insert into everjust.users (id, issuer, subject) values (${memberOf(generation)}, 'test', ${generation})`,
    await t`insert into everjust.memberships (organization_id, user_id, role)
      values (${team}, ${memberOf(generation)}, 'viewer')`,
    await t`insert into everjust.invitations (id, organization_id, digest, role, uses, created_by, expires_at)
      values (${invitationOf(generation)}, ${team}, ${generation}, 'viewer', 1, ${owner?.id ?? ''}, now() + interval '1 hour')`,
    ...(await Promise.all(
      [guests.editor.id, guests.viewer.id, memberOf(generation)].map(
        (id) => t`insert into everjust.project_guests (project_id, user_id, role)
          values (${project}, ${id}, ${id === guests.editor.id ? 'editor' : 'viewer'})`,
      ),
    )),
    await t`insert into everjust.invitations (id, organization_id, project_id, digest, role, email, uses, created_by, expires_at)
      values (${guestInvitationOf(project)}, ${team}, ${project}, ${project}, 'viewer', 'x@example.com', 1,
        ${owner?.id ?? ''}, now() + interval '1 hour')`,
    await t`insert into everjust.shares (id, project_id, digest, expires_at) values (${shareOf(generation)}, ${project},
      ${createHash('sha256').update(tokenOf(project)).digest('hex')}, now() + interval '1 hour')`,
    await t`insert into everjust.flag_organizations values ('prompt-improvement', ${team}, true) on conflict do nothing`,
    await t`insert into everjust.announcements (id, tone, words, starts_at, dismissible)
      values (${announcementOf(generation)}, 'news', '{"en": "x", "de": null}', now(), true)`,
    await t`delete from everjust.api_keys where organization_id = ${team}`,
    await t`insert into everjust.api_keys (id, user_id, organization_id, name, secret_sha256, scopes, expires_at)
      values (${keyOf(generation)}, ${owner?.id ?? ''}, ${team}, 'x', ${generation}, '{}', now() + interval '1 hour')`,
    await t`insert into everjust.sandboxes (project_id, state) values (${project}, 'stopped')`,
    await t`insert into everjust.project_secrets (project_id, name, sealed) values (${project}, 'TOKEN', 'x')`,
    await t`insert into everjust.file_locks (project_id, path) values (${project}, 'a.txt')`,
  ])
  return place
}

const elsewhere = await openPlace('private')

type Who =
  | 'anonymous'
  | 'operator'
  | 'owner'
  | 'editor'
  | 'key of the editor'
  | 'viewer'
  | 'billing'
  | 'guest who edits'
  | 'guest who looks'
  | 'stranger'
  | 'run'
  | 'run of another project'

const rank = { viewer: 0, billing: 0, editor: 1, admin: 2, owner: 3 } as const

const roleOf = {
  owner: 'owner',
  editor: 'editor',
  'key of the editor': 'editor',
  viewer: 'viewer',
  billing: 'billing',
  'guest who edits': 'editor',
  'guest who looks': 'viewer',
  stranger: 'viewer',
  operator: 'viewer',
} as const

/** Whether it is about one project, and not about the team. */
const isOfProject = ({ path }: Row) =>
  path({ project: 'prj_x', version: 'ver_x', generation: 'gen_x' }).includes('prj_x')

/** What the row says: signed out, hidden, refused, or let in. */
function verdict(row: Row, who: Who, visibility: 'private' | 'public'): 401 | 403 | 404 | 'let in' {
  const { least, run, fresh, billing: bills } = row
  if (least === 'nobody') return 'let in'
  if (who === 'anonymous') return 401
  if (least === 'operator') return who === 'operator' ? 'let in' : 404
  if (who === 'run') return run || least === 'run' ? 'let in' : 404
  if (who === 'run of another project' || least === 'run') return 404
  if (fresh && who === 'key of the editor') return 403
  if (least === 'person') return 'let in'
  if (who.startsWith('guest') && !isOfProject(row)) return 404
  if ((who === 'stranger' || who === 'operator') && visibility === 'private') return 404
  if (bills && who === 'billing') return 'let in'
  const role = roleOf[who]
  return rank[role] >= rank[least] ? 'let in' : 403
}

async function callerFor(who: Who, { project, generation }: Place): Promise<Caller> {
  const people: Record<string, Caller> = {
    ...{ anonymous: world.anonymous, operator, owner, editor, viewer, billing, stranger },
    'guest who edits': guests.editor,
    'guest who looks': guests.viewer,
    'key of the editor': key,
  } as Record<string, Caller>
  if (who === 'run') return world.asRun({ projectId: project, generationId: generation, attempt: 1 })
  if (who === 'run of another project') {
    return world.asRun({ projectId: elsewhere.project, generationId: elsewhere.generation, attempt: 1 })
  }
  return people[who] ?? world.anonymous
}

const everybody: Who[] = [
  'anonymous',
  'operator',
  'owner',
  'editor',
  'key of the editor',
  'viewer',
  'billing',
  'guest who edits',
  'guest who looks',
  'stranger',
  'run',
  'run of another project',
]

function call(caller: Caller, route: string, place: Place): Promise<Answer> {
  const row = expected[route]
  assert.ok(row)
  const path = row.path(place)
  const body = row.body?.(place)
  if (route.startsWith('GET')) return caller.get(path)
  if (route.startsWith('DELETE')) return caller.delete(path)
  return route.startsWith('PUT') ? caller.put(path, body) : caller.post(path, body)
}

test('every route is in this table', () => {
  const routes = Object.entries(world.tables).flatMap(([name, table]) =>
    Object.keys(table).map((route) => route.replace(' ', ` ${name} `)),
  )
  assert.deepEqual(routes.sort(), Object.keys(expected).sort())
})

for (const visibility of ['private', 'public'] as const) {
  describe(`a ${visibility} project`, () => {
    for (const [route, row] of Object.entries(expected)) {
      if (visibility === 'public' && !isOfProject(row)) continue
      test(route, async () => {
        let place = await openPlace(visibility)
        for (const who of everybody) {
          // A foreign run may call its own model, and nothing here names another project's.
          if (route === 'POST models /calls' && who === 'run of another project') continue
          const { status, body } = await call(await callerFor(who, place), route, place)
          const wanted = verdict(row, who, visibility)
          const told = `${who}: ${status} ${JSON.stringify(body)}`
          if (wanted !== 'let in') assert.equal(status, wanted, told)
          else if (row.unpaid) assert.equal(status, 402, told)
          else if (row.ofAnother || (row.ofGuests && !who.startsWith('guest'))) assert.equal(status, 404, told)
          else {
            assert.ok(status < 400 || status === 409, told)
            await row.afterwards?.()
            if (!route.startsWith('GET')) place = await openPlace(visibility)
          }
        }
      })
    }
  })
}

test('a stranger gets for a private project what anybody gets for one that does not exist, byte for byte', async () => {
  const place = await openPlace('private')
  // Two new people, so that neither asks more than one may in a minute.
  const [outsider, anybody] = [await world.signIn('outsider@example.com'), await world.signIn('anybody@example.com')]
  for (const route of Object.keys(expected)) {
    if (!route.includes(':projectId')) continue
    const nowhere = { ...place, project: newId('project') }
    const hidden = await call(outsider, route, place)
    const missing = await call(anybody, route, nowhere)
    assert.equal(hidden.status, 404, route)
    assert.deepEqual(stable(hidden), stable(missing), route)
  }
})

test('someone who leaves the team is out with the next request', async () => {
  const place = await openPlace('private')
  const former = await world.signIn('former@example.com')
  await world.sql`insert into everjust.memberships (organization_id, user_id, role) values (${team}, ${former.id}, 'owner')`
  assert.equal((await former.get(`/projects/${place.project}`)).status, 200)
  await world.sql`delete from everjust.memberships where user_id = ${former.id} and organization_id = ${team}`
  assert.equal((await former.get(`/projects/${place.project}`)).status, 404)
})

test('every project that ran was left without an error in the log', () => {
  assert.deepEqual(
    world.logs.filter(({ level }) => level === 'error'),
    [],
  )
})

function stable({ status, headers, body }: Answer): unknown {
  const { 'x-request-id': _, 'server-timing': __, ...rest } = headers
  return { status, headers: rest, body: { ...body, requestId: '' } }
}
