import { createHash } from 'node:crypto'
import { after } from 'node:test'
import { newId } from '../../../lib/contract/ids.ts'
import { operatorPermission } from '../../../lib/contract/permission.ts'
import { makeTeam, openWorld } from '../../world.ts'

export const world = await openWorld({ after })
export const owner = await world.signIn('owner@example.com')
export const editor = await world.signIn('editor@example.com')
export const viewer = await world.signIn('viewer@example.com')
export const billing = await world.signIn('billing@example.com')
export const stranger = await world.signIn('stranger@example.com')
/** Of every project that a place is, and of nothing else of the team. */
export const guests = {
  editor: await world.signIn('guest-editor@example.com'),
  viewer: await world.signIn('guest-viewer@example.com'),
}
export const operator = await world.signIn('operator@example.com', [operatorPermission])

export const team = await makeTeam(world, [
  { id: owner.id, role: 'owner' },
  { id: editor.id, role: 'editor' },
  { id: viewer.id, role: 'viewer' },
  { id: billing.id, role: 'billing' },
])

/** A key that may do all that keys may: it opens what its maker's token opens, and no more. */
const { body: keys } = await editor.get('/keys')
const made = await editor.post('/keys', { name: 'All', scopes: keys.scopes, requestsPerMinute: 600 })
export const key = world.withToken(made.body.key)

/** Where anybody may come by invitation. */
const club = await makeTeam(world, [{ id: owner.id, role: 'owner' }])
await world.sql`update everjust.organizations set seats = 100 where id = ${club}`
export const clubToken = 'come-to-the-club-all-of-you'
await world.sql`insert into everjust.invitations (id, organization_id, digest, role, uses, created_by, expires_at)
  values (${newId('invitation')}, ${club}, ${createHash('sha256').update(clubToken).digest('hex')}, 'viewer', 100, ${owner.id},
    now() + interval '1 hour')`

/** Everybody is again what they were at first. */
export const asBefore = async () => {
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
export const suspect = await world.signIn('suspect@example.com')

/** Each of them alone owns what another belongs to, so that asking to delete their account ends nothing here. */
for (const { id } of [owner, editor, viewer, billing, guests.editor, guests.viewer, stranger, operator])
  await makeTeam(world, [
    { id, role: 'owner' },
    { id: suspect.id, role: 'viewer' },
  ])
