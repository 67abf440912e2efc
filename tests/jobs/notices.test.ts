import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Fault } from '../../lib/ports/fault.ts'
import { noticeStore } from '../../lib/store/notices.ts'
import type { Transaction } from '../../lib/store/sql.ts'
import { openStage } from './stage.ts'

const stage = await openStage({ after })
const { world } = stage
const ada = await stage.person()
const principal = { kind: 'user', userId: ada.id, scopes: 'all' } as const

const words = {
  organization: 'Sea\r\nBcc: eve@example.com',
  by: 'Ada',
  path: '/join/secret',
  until: '2026-12-01T00:00:00Z',
}
const notice = { to: 'grace@example.com', kind: 'invitation', words } as const

/** As a request writes it. */
const send = (key: string) =>
  world.context.database.as(principal, (transaction) =>
    noticeStore(transaction, (kind, jobId) => void world.wakes.push({ kind, jobId })).send({ ...notice, key }),
  )
const kept = () =>
  world.sql`select recipient, words, sent_at is not null as sent from everjust.notices order by created_at`

test('a notice is sent once for each key, and nothing of it is kept', async () => {
  await send('one')
  await send('one')
  assert.deepEqual(await stage.drain(), ['send-notice'])
  const [mail, ...more] = stage.mails.splice(0)
  assert.deepEqual(more, [])
  assert.equal(mail?.to, 'grace@example.com')
  assert.equal(mail?.subject, 'Ada invites you to Sea Bcc: eve@example.com')
  assert.match(mail?.text ?? '', /by December 1, 2026:\n\nhttp:\/\/localhost:4700\/join\/secret\n/)
  assert.deepEqual([...(await kept())], [{ recipient: '', words: {}, sent: true }])
})

test('a notice waits for a provider that is down, and is given up when it is refused', async () => {
  let down = true
  const failing = (retryable: boolean) => ({
    postman: {
      send: async () => {
        if (down) throw new Fault('mail', 'sending', { retryable })
      },
    },
  })
  await send('two')
  const [wake] = world.wakes
  assert.ok(wake)
  await stage.drain(failing(true))
  const state = async () => (await world.sql`select state from everjust.jobs where id = ${wake.jobId}`)[0]?.['state']
  assert.equal(await state(), 'queued')
  assert.equal((await kept())[1]?.['sent'], false)
  down = false
  await world.sql`update everjust.jobs set run_at = now() where id = ${wake.jobId}`
  await stage.work('send-notice', wake.jobId, failing(true))
  assert.deepEqual([await state(), (await kept())[1]?.['sent']], ['done', true])
  down = true
  await send('three')
  await stage.drain(failing(false))
  assert.equal((await kept())[2]?.['sent'], false)
  assert.equal(world.logs.filter(({ message }) => message === 'a notice was refused').length, 1)
})

test('nobody who asks sees a notice, or changes or writes one by hand', async () => {
  await send('four')
  const asAda = (sql: (transaction: Transaction) => Promise<unknown>) => world.context.database.as(principal, sql)
  assert.deepEqual([...((await asAda((sql) => sql`select id from everjust.notices`)) as unknown[])], [])
  await asAda((sql) => sql`update everjust.notices set recipient = 'eve@example.com'`)
  assert.equal((await kept()).at(-1)?.['recipient'], 'grace@example.com')
  await assert.rejects(
    asAda(
      (sql) => sql`insert into everjust.notices (id, key, recipient, kind, words) values ('x', 'x', 'x', 'x', '{}')`,
    ),
    { code: '42501' },
  )
})
