import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import postgres from 'postgres'
import { newId } from '../../lib/contract/ids.ts'
import { periodOf, reservationFor } from '../../lib/domain/quota.ts'
import { tierTable } from '../../lib/domain/tiers.ts'
import { begin, type Wish } from '../../lib/store/reservations.ts'
import { openDatabase, type Transaction } from '../../lib/store/sql.ts'
import { freshDatabase } from '../world/cluster.ts'

const addresses = await freshDatabase()
const owner = postgres(addresses.ownerUrl, { max: 1, onnotice: () => {} })
const database = openDatabase(addresses.url)
after(async () => {
  await Promise.all([owner.end({ timeout: 1 }), database.close()])
  await addresses.drop()
})

const [ada, eve] = [await makePerson(), await makePerson()]
const terms = reservationFor(tierTable.free.limits, new Date(), { capMicros: 1_000, leastMicros: 1_000 })

async function makePerson() {
  const [user, organization] = [newId('user'), newId('organization')]
  await owner`select everjust.sign_in(${user}, ${organization}, 'test', ${user}, null, null)`
  return { user, organization }
}

async function makeProject(): Promise<Wish> {
  const id = newId('project')
  await owner`insert into everjust.projects (id, organization_id, created_by, name, template, visibility)
    values (${id}, ${ada.organization}, ${ada.user}, 'x', 'static', 'public')`
  const wish = { id: newId('generation'), projectId: id, organizationId: ada.organization, requestedBy: ada.user }
  return { ...wish, prompt: 'x', model: 'scripted-1' }
}

const as = <T>({ user }: typeof ada, work: (transaction: Transaction) => Promise<T>) =>
  database.as({ kind: 'user', userId: user, scopes: 'all' }, work)

const ask = (who: typeof ada, wish: Wish) => as(who, (transaction) => begin(transaction, wish, terms))

const nothing = { why: 'gone', used: 0, most: 0 }

async function taken(): Promise<string> {
  const [row] = await owner`select coalesce(sum(reserved), 0) as sum from everjust.quotas`
  return String(row?.['sum'])
}

test('who has no part in a project reserves nothing in it, though all may see it', async () => {
  const [before, wish] = [await taken(), await makeProject()]
  assert.deepEqual(await ask(eve, { ...wish, requestedBy: eve.user }), nothing)
  // Nor by naming an organization of their own as the one that pays.
  assert.deepEqual(await ask(eve, { ...wish, requestedBy: eve.user, organizationId: eve.organization }), nothing)
  assert.deepEqual(await ask(ada, { ...wish, organizationId: eve.organization }), nothing)
  assert.equal(await taken(), before)
})

test('nobody asks in the name of somebody else, and with no name nobody asks', async () => {
  const [before, wish] = [await taken(), await makeProject()]
  const refused = { code: '42501' }
  await assert.rejects(ask(eve, wish), refused)
  await assert.rejects(
    database.asStranger((transaction) => begin(transaction, wish, terms)),
    refused,
  )
  const run = { kind: 'run', projectId: wish.projectId, generationId: null, attempt: 1 } as const
  await assert.rejects(
    database.as(run, (transaction) => begin(transaction, wish, terms)),
    refused,
  )
  assert.equal(await taken(), before)
})

test('a guest who edits asks at the cost of the host, one who looks does not', async () => {
  const [wish, guest] = [await makeProject(), await makePerson()]
  const asked = { ...wish, requestedBy: guest.user }
  await owner`insert into everjust.project_guests (project_id, user_id, role) values (${wish.projectId}, ${guest.user}, 'viewer')`
  assert.deepEqual(await ask(guest, asked), nothing)
  await owner`update everjust.project_guests set role = 'editor' where user_id = ${guest.user}`
  assert.equal('why' in (await ask(guest, asked)), false)
  const entries = await owner`
    select organization_id, user_id from everjust.ledger where generation_id = ${wish.id} group by 1, 2`
  assert.deepEqual([...entries], [{ organization_id: ada.organization, user_id: guest.user }])
})

test('a job asks for whoever wrote what waits', async () => {
  const wish = await makeProject()
  const made = await database.asWorker((transaction) => begin(transaction, wish, terms))
  assert.equal('why' in made ? made.why : made.state, 'queued')
})

test('what a run is at its start is not for whoever asks to say', async () => {
  const { id, projectId } = await makeProject()
  const wish = { id, project_id: projectId, organization_id: ada.organization, requested_by: ada.user }
  const more = { prompt: 'x', model: 'x', mode: 'build', attachments: [], own_key: false }
  const wanted = {
    ...wish,
    ...more,
    state: 'succeeded',
    cap_micros: 1e9,
    spent_micros: -5,
    attempt: 9,
    version_id: 'x',
  }
  const entries = { generations: newId('ledgerEntry'), micros: newId('ledgerEntry') }
  const [row] = await as(
    ada,
    (transaction) => transaction`
      select (r.made).state, (r.made).cap_micros, (r.made).spent_micros, (r.made).attempt, (r.made).version_id
      from everjust.begin_run(jsonb_populate_record(null::everjust.generations, ${transaction.json(wanted)}),
        ${transaction.json(entries)}, 50, 1000, 1, ${periodOf(new Date())}::date, '2000-01-01', true) as r`,
  )
  assert.deepEqual(row, { state: 'queued', cap_micros: '1000', spent_micros: '0', attempt: 0, version_id: null })
})
