import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openUpstash } from '../../lib/adapters/upstash.ts'
import { Secret } from '../../lib/config.ts'
import type { Counter } from '../../lib/ports/counter.ts'
import { databaseCounter } from '../../lib/store/rates.ts'
import { minuteWithRoom } from '../world/minute.ts'
import { openWorld, type Caller } from '../world.ts'

const world = await openWorld({ after })
const away = { UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:9' }
const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })

const counters: Record<string, Counter> = {
  Redis: openUpstash({
    url: world.settings['UPSTASH_REDIS_REST_URL'] ?? '',
    token: new Secret(world.settings['UPSTASH_REDIS_REST_TOKEN'] ?? ''),
    now: () => Date.now(),
  }),
  Postgres: databaseCounter(world.context.database),
}

for (const [name, counter] of Object.entries(counters)) {
  test(`${name} grants fifty of 200 askers, ten at once, exactly fifty, and says when to come again`, async () => {
    await minuteWithRoom()
    const taken: Awaited<ReturnType<Counter['take']>>[] = []
    for (let wave = 0; wave < 20; wave += 1) {
      taken.push(...(await Promise.all(Array.from({ length: 10 }, () => counter.take(`fifty-${name}`, 1, 50)))))
    }
    assert.equal(taken.filter(({ granted }) => granted === 1).length, 50)
    assert.ok(taken.every(({ retryAfterSeconds }) => retryAfterSeconds >= 0 && retryAfterSeconds <= 60))
  })

  test(`${name} grants several at once, and the rest when less is left`, async () => {
    await minuteWithRoom()
    const granted = [20, 20, 20].map(() => counter.take(`many-${name}`, 20, 50).then((taken) => taken.granted))
    assert.deepEqual(await Promise.all(granted), [20, 20, 10])
  })
}

/** Sends so many requests one after another and answers how many of each status came back. */
async function repeat(times: number, ask: () => Promise<{ status: number }>): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {}
  for (let n = 0; n < times; n += 1) {
    const { status } = await ask()
    statuses[status] = (statuses[status] ?? 0) + 1
  }
  return statuses
}

test('wrong credentials are counted by address: the 31st of a minute waits', async () => {
  await minuteWithRoom()
  const anonymous = (await world.instance()).withToken('not-a-token-not-a-token')
  assert.deepEqual(await repeat(33, () => anonymous.get('/projects', from('192.0.2.1'))), { 401: 30, 429: 3 })
  const refused = await anonymous.get('/projects', from('192.0.2.1'))
  assert.deepEqual([refused.status, refused.body.code], [429, 'rate_limited'])
  assert.ok(Number(refused.headers['retry-after']) >= 1 && Number(refused.headers['retry-after']) <= 60)
  assert.equal((await anonymous.get('/projects', from('192.0.2.2'))).status, 401)
})

test('an address that a caller writes in front of its own does not count for it', async () => {
  await minuteWithRoom()
  const anonymous = (await world.instance()).withToken('not-a-token-not-a-token')
  let n = 0
  const spoofing = () => anonymous.get('/projects', from(`203.0.113.${(n += 1)}, 192.0.2.3`))
  assert.deepEqual(await repeat(31, spoofing), { 401: 30, 429: 1 })
})

test('writes of a person are limited to 120 a minute, whichever instance they reach', async () => {
  await minuteWithRoom()
  const ada = await world.signIn('ada@example.com')
  const instances = await Promise.all([world.instance(), world.instance()])
  const callers = instances.map((instance) => instance.withToken(ada.token))
  let n = 0
  const next = () => (callers[(n += 1) % 2] as Caller).put('/projects/prj_00000000000000000000', { name: 'x' })
  const statuses = await repeat(140, next)
  assert.deepEqual(statuses, { 404: 120, 429: 20 })
})

test('with Redis away reading and writing go on', async () => {
  const grace = await world.signIn('grace@example.com')
  const caller = (await world.instance(away)).withToken(grace.token)
  const started = performance.now()
  assert.deepEqual(await repeat(20, () => caller.get('/projects')), { 200: 20 })
  assert.deepEqual(await repeat(5, () => caller.post('/projects', { name: 'x' })), { 201: 5 })
  assert.ok(performance.now() - started < 15_000, 'Redis was not left alone')
})

test('with Redis away sign-in and spending are still counted exactly, over instances, by Postgres', async () => {
  await minuteWithRoom()
  const instances = await Promise.all([world.instance(away), world.instance(away)])
  let n = 0
  const failing = () =>
    (instances[(n += 1) % 2]?.withToken('not-a-token-not-a-token') as Caller).get('/projects', from('192.0.2.9'))
  assert.deepEqual(await repeat(34, failing), { 401: 30, 429: 4 })

  const lin = await world.signIn('lin@example.com')
  const spending = () =>
    (instances[(n += 1) % 2]?.withToken(lin.token) as Caller).post('/projects/prj_00000000000000000000/generate', {
      prompt: 'x',
    })
  assert.deepEqual(await repeat(24, spending), { 404: 20, 429: 4 })
})

test('nothing is left behind', () => world.settled())
