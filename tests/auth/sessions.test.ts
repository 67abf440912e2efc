import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Session } from '../../lib/contract/sign-in.ts'
import { agentOf } from '../../lib/domain/agent.ts'
import { openWorld, type Caller } from '../world.ts'

const world = await openWorld({ after })
const now = () => Math.floor(Date.now() / 1_000)
let tokens = 0

/** Somebody who comes with a token of that session, proved so many seconds ago. */
async function from(session: string | undefined, { who = 'ada', secondsAgo = 60 } = {}): Promise<Caller> {
  return world.withToken(
    await world.issuer.token({
      sub: `auth0|${who}`,
      jti: String((tokens += 1)),
      'https://everjust.dev/auth_time': now() - secondsAgo,
      ...(session && { 'https://everjust.dev/sid': session }),
    }),
  )
}
const firefox = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0' }
const status = async (caller: Caller) => (await caller.get('/user')).status
const listed = async (caller: Caller): Promise<Session[]> => (await caller.get('/sign-in/sessions')).body.items

test('each sign-in is one session, however often its token is renewed, with browser and shortened address', async () => {
  const home = await from('home')
  await home.get('/user', { headers: { ...firefox, 'x-forwarded-for': '198.51.100.7' } })
  await (await from('home')).get('/user', { headers: { ...firefox, 'x-forwarded-for': '198.51.100.7' } })
  const work = await from('work', { secondsAgo: 0 })
  const items = await listed(work)
  assert.equal(items.length, 2)
  const [here, there] = [items.find(({ current }) => current), items.find(({ current }) => !current)]
  assert.deepEqual([there?.agent, there?.origin, there?.twoFactors], ['Firefox · Windows', '198.51.100.0/24', false])
  assert.equal(here?.agent, null)
})

test('a session that was ended is out with the next request, also with a new token and in another instance', async () => {
  const [home, work] = [await from('home'), await from('work')]
  const elsewhere = (await world.instance()).withToken(home.token)
  assert.deepEqual([await status(home), await status(elsewhere)], [200, 200])
  const lost = (await listed(work)).find(({ current }) => !current)
  assert.equal((await work.delete(`/sign-in/sessions/${lost?.id}`)).status, 204)
  for (const caller of [home, elsewhere, await from('home'), await from('home', { secondsAgo: 10 })]) {
    assert.equal(await status(caller), 401)
  }
  assert.equal(await status(work), 200)
  assert.equal((await work.delete(`/sign-in/sessions/${lost?.id}`)).status, 404, 'it is no more')
  assert.equal((await listed(work)).length, 1)
})

test('whoever proves anew who they are is let in again, and the tokens of before still are not', async () => {
  const proved = await from('home', { secondsAgo: -2 })
  assert.equal(await status(proved), 200)
  assert.equal(await status(await from('home')), 401)
  assert.equal((await listed(proved)).length, 2)
})

test('signs out everywhere else', async () => {
  const [one, two, three] = [await from('one'), await from('two'), await from('three')]
  for (const caller of [one, two, three]) assert.equal(await status(caller), 200)
  assert.equal((await one.delete('/sign-in/sessions')).status, 204)
  assert.deepEqual([await status(one), await status(two), await status(three)], [200, 401, 401])
  assert.equal((await one.delete('/sign-in/sessions/current')).status, 204)
  assert.equal(await status(one), 401)
})

test('nobody sees or ends what is of somebody else', async () => {
  const [ada, eve] = [await from('mine'), await from('hers', { who: 'eve' })]
  const [mine] = (await listed(ada)).filter(({ current }) => current)
  await listed(eve)
  assert.equal((await eve.delete(`/sign-in/sessions/${mine?.id}`)).status, 404)
  assert.equal((await eve.delete('/sign-in/sessions')).status, 204)
  assert.equal(await status(ada), 200)
  assert.equal((await listed(eve)).length, 1)
})

test('an issuer that tells no session is none to list, and the person works', async () => {
  const caller = await from(undefined, { who: 'plain' })
  assert.deepEqual(await listed(caller), [])
  assert.equal((await caller.delete('/sign-in/sessions/current')).status, 404)
})

test('twenty calls that come at once by a new session make one of it', async () => {
  const instances = await Promise.all(Array.from({ length: 4 }, () => world.instance()))
  const all = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const { token } = await from('rush', { who: 'grace' })
      return instances[index % 4]?.withToken(token ?? '').get('/user')
    }),
  )
  assert.deepEqual([...new Set(all.map((answer) => answer?.status))], [200])
  assert.equal((await listed(await from('rush', { who: 'grace' }))).length, 1)
})

test('browsers and systems are named as people know them', () => {
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
  assert.equal(
    agentOf(`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/140.0 Safari/537.36 Edg/140.0`),
    'Edge · Linux',
  )
  assert.equal(
    agentOf(`Mozilla/5.0 (Linux; Android 14) ${webkit} Chrome/140.0 Mobile Safari/537.36`),
    'Chrome · Android',
  )
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1'
  assert.equal(agentOf(phone), 'Safari · iOS')
  assert.equal(agentOf('curl/8.5'), null)
  assert.equal(agentOf(undefined), null)
})

test('nothing is left behind', () => world.settled())
