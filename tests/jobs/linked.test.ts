import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId, type ReceiptId } from '../../lib/contract/ids.ts'
import { schedule } from '../../lib/entry/schedule.ts'
import { duties } from '../../packages/cron/day/index.ts'
import { comes, linkThem, statusOf, whoIs } from '../auth/identities.ts'
import { openStage } from './stage.ts'

const stage = await openStage({ after })
const { world, removed, mails } = stage
const { sql } = world

test('what was linked is told by mail, and the empty account goes with a receipt, except what it signs in by', async () => {
  const [first, second] = [await comes(world, 'one'), await comes(world, 'two')]
  const { id } = await whoIs(second)
  await linkThem(first, second)
  await stage.drain()
  const told = mails.filter(({ subject }) => subject === 'Another sign-in was linked to your account')
  assert.deepEqual(told.map(({ to }) => to).sort(), ['one@example.com', 'two@example.com'])
  for (const { text } of told) assert.match(text, /two@example\.com signs in to the account of one@example\.com/)
  assert.equal(removed.has('auth0|two'), false)
  const [receipt] = await sql`select signed, counts from everjust.deletion_receipts where subject = ${id}`
  assert.ok(receipt?.['signed'])
  assert.equal((await whoIs(await comes(world, 'two', { secondsAgo: 1 }))).id, (await whoIs(first)).id)
})

test('whoever deletes their account is gone by every sign-in of it', async () => {
  const [first, second] = [await comes(world, 'three'), await comes(world, 'four')]
  const { id } = await whoIs(first)
  await linkThem(first, second)
  await sql`insert into everjust.notices (id, key, recipient, kind, words)
    values (${newId('notice')}, ${newId('notice')}, 'four@example.com', 'invited', '{}')`
  const { status, body } = await first.delete('/user')
  assert.equal(status, 202)
  assert.equal(await statusOf(await comes(world, 'four', { secondsAgo: 1 })), 401)
  await stage.drain()
  assert.deepEqual([removed.has('auth0|three'), removed.has('auth0|four')], [true, true])
  const { receiptId } = body as { receiptId: ReceiptId }
  const opened = await world.anonymous.get(`/audit/receipts/${receiptId}`)
  assert.ok((opened.body as { signed: string | null }).signed)
  const left = await sql`select from everjust.identities where user_id = ${id}
    union all select from everjust.notices where recipient = 'four@example.com'`
  assert.equal(left.length, 0)
  assert.equal(
    await statusOf(await comes(world, 'four', { secondsAgo: 1 })),
    401,
    'a token of before brings nobody back',
  )
  const anew = await comes(world, 'four', { secondsAgo: -2 })
  assert.notEqual((await whoIs(anew)).id, id)
})

test('tickets that nobody handed in are forgotten', async () => {
  const first = await comes(world, 'five')
  await first.post('/sign-in/link-tickets', {})
  await sql`update everjust.link_tickets set expires_at = now() - interval '1 second'`
  const { forgetLinkTickets } = duties
  await schedule({ forgetLinkTickets }, () => stage.jobs)()
  assert.equal((await sql`select from everjust.link_tickets`).length, 0)
})
