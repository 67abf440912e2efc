import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { JobId } from '../../lib/contract/ids.ts'
import { schedule } from '../../lib/entry/schedule.ts'
import { Fault } from '../../lib/ports/fault.ts'
import type { UseReport } from '../../lib/ports/payments.ts'
import { duties as hourly } from '../../packages/cron/hour/index.ts'
import { openBuyers } from './buyers.ts'
import { cards } from './payers.ts'
import { accountOf, mistakes, success } from './stage.ts'

const { stage, world, payers, drain, allowed, buy, more, project, ask } = await openBuyers({ after })

test('requests that were bought count once, are used after the month’s own, and come back when a run is free', async () => {
  const { owner, organizationId } = await allowed(1)
  const id = await project(owner, organizationId)
  const first = await stage.start(owner, id)
  await first.runner.post(`${first.reports}/end`, success)
  await drain()
  assert.equal((await ask(owner, id)).status, 402)
  const url = await buy(owner, organizationId, 2)
  assert.equal((await payers.submit(url, { card: cards.declined })).status, 200)
  assert.equal((await more(owner, organizationId)).credits, 0)
  assert.equal((await payers.submit(url, { card: cards.good })).status, 303)
  await payers.hear()
  for (let again = 0; again < 2; again++) {
    await owner.post(`/billing/${organizationId}/refresh`)
    await drain()
  }
  assert.equal((await more(owner, organizationId)).credits, 200)
  const [invoice] = (await owner.get(`/billing/${organizationId}/invoices`)).body.items
  assert.deepEqual([invoice.totalMicros, invoice.state], [20_000_000, 'paid'])
  // What is shown beforehand knows of them too.
  const { body: quote } = await owner.post(`/conversations/${id}/quote`, { prompt: 'a habit tracker' })
  assert.equal(quote.objection, null)

  const second = await stage.start(owner, id)
  assert.equal((await more(owner, organizationId)).credits, 199)
  await second.runner.post(`${second.reports}/end`, { ...success, outcome: 'failed', failure: 'platform_fault' })
  await drain()
  assert.equal((await more(owner, organizationId)).credits, 200)
  const third = await stage.start(owner, id)
  await third.runner.post(`${third.reports}/end`, success)
  await drain()
  assert.equal((await accountOf(world, third.id))['credits'], 'settled 1')
  assert.equal((await more(owner, organizationId)).credits, 199)
  const { body: usage } = await owner.get(`/user/usage?organizationId=${organizationId}`)
  const { used, limit, credits, beyond, more: left } = usage.generations
  assert.deepEqual({ used, limit, credits, beyond, left }, { used: 2, limit: 1, credits: 1, beyond: 0, left: 199 })
  assert.deepEqual(await mistakes(world), [])
})

test('of many who ask at once exactly so many are let in as were bought, and the sums are made anew from the ledger', async () => {
  const { owner, organizationId } = await allowed(1)
  await world.sql`update everjust.billing_accounts set credits = 3 where organization_id = ${organizationId}`
  const projects = []
  for (let each = 0; each < 8; each++) projects.push(await project(owner, organizationId))
  const answers = await Promise.all(projects.map((id) => ask(owner, id)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 202, 202, 202, 402, 402, 402, 402])
  const sums = () => world.sql`
    select metric, period::text, used, reserved from everjust.quotas
    where organization_id = ${organizationId} and used + reserved > 0 order by 1, 2`
  const before = [...(await sums())]
  assert.equal(before.find(({ metric }) => metric === 'credits')?.['reserved'], '3')
  await world.sql`select everjust.rebuild_usage(${organizationId})`
  assert.deepEqual([...(await sums())], before)
  world.wakes.splice(0)
})

test('what is beyond is charged one by one up to what was allowed, told once however often it is tried, and on the next invoice', async () => {
  const { owner, organizationId } = await allowed(0)
  assert.equal((await owner.put(`/billing/${organizationId}/beyond`, { most: 2 })).body.more.beyondMost, 2)
  for (let each = 0; each < 2; each++) {
    const run = await stage.start(owner, await project(owner, organizationId))
    await run.runner.post(`${run.reports}/end`, success)
    await drain()
  }
  assert.equal((await ask(owner, await project(owner, organizationId))).status, 402)
  assert.equal((await more(owner, organizationId)).beyondCharged, 2)
  const { generations } = (await owner.get(`/user/usage?organizationId=${organizationId}`)).body
  assert.deepEqual([generations.used, generations.credits, generations.beyond, generations.more], [2, 0, 2, 0])
  const round = () => schedule({ reportMore: hourly.reportMore }, () => stage.jobs)()
  await round()
  // It was taken, and then the line was cut before that was noted.
  const { payments } = stage.jobs
  const cut = {
    ...payments,
    reportUse: async (report: UseReport) => {
      await payments.reportUse(report)
      throw new Fault('stripe', 'telling of use', { retryable: true })
    },
  }
  await drain({ payments: cut })
  world.logs.splice(0)
  await world.sql`update everjust.jobs set run_at = now(), state = 'queued' where state = 'queued' and kind = 'sync-billing'`
  await round()
  const [job] = await world.sql<
    { id: JobId }[]
  >`select id from everjust.jobs where kind = 'sync-billing' and state = 'queued'`
  assert.ok(job)
  await stage.work('sync-billing', job.id)
  const reports =
    await world.sql`select requests, sent_at from everjust.meter_reports where organization_id = ${organizationId}`
  assert.deepEqual(
    reports.map(({ requests, sent_at: at }) => [requests, at !== null]),
    [['2', true]],
  )
  await payers.billing.advance(31)
  await payers.hear()
  const [invoice] = (await owner.get(`/billing/${organizationId}/invoices`)).body.items
  assert.equal(invoice.totalMicros, 2 * 49_000_000 + 2 * 120_000)
  assert.deepEqual(await mistakes(world), [])
})

test('nobody buys what was agreed upon, nor pays one by one without a plan', async () => {
  const free = await stage.person()
  assert.equal((await free.put(`/billing/${free.organizationId}/beyond`, { most: 5 })).status, 409)
  assert.equal((await free.put(`/billing/${free.organizationId}/beyond`, { most: null })).status, 200)
  assert.equal((await free.post(`/billing/${free.organizationId}/top-ups`, { packs: 21 })).status, 400)
  const { owner, organizationId } = await payers.team()
  const again = await payers.agreeUpon(owner, organizationId)
  assert.equal((await again.post(`/billing/${organizationId}/top-ups`, { packs: 1 })).status, 409)
})
