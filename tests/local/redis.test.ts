import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { Redis } from '@upstash/redis'
import { startRedis, type Redis as Server } from '../../local/redis/index.ts'

describe('the local Upstash', () => {
  let server: Server
  let redis: Redis

  before(async () => {
    server = await startRedis({ port: 0, token: 'local-token' })
    redis = new Redis({ url: server.url, token: 'local-token', retry: false, enableTelemetry: false })
  })
  after(() => server.stop())

  const post = async (path: string, body: string, headers: Record<string, string> = {}) => {
    const authorization = 'Bearer local-token'
    const reply = await fetch(`${server.url}/${path}`, { method: 'POST', body, headers: { authorization, ...headers } })
    return { status: reply.status, body: (await reply.json()) as unknown }
  }

  test('gives back every value as it was, also those that look like its own encoding', async () => {
    await redis.set('object', { x: 1, u: 'žš🙂' })
    assert.deepEqual(await redis.get('object'), { x: 1, u: 'žš🙂' })
    for (const tricky of ['OK', 'aGVsbG8=', 'T0s=', '', 'null']) {
      await redis.set('tricky', tricky)
      assert.equal(await redis.get('tricky'), tricky === 'null' ? null : tricky)
    }
    await redis.lpush('list', 'OK')
    assert.deepEqual(await redis.lrange('list', 0, -1), ['OK'])
    assert.equal(await redis.get('absent'), null)
  })

  test('speaks hashes, sorted sets, counters and expiry', async () => {
    await redis.hset('hash', { a: 1, b: 't' })
    assert.deepEqual(await redis.hgetall('hash'), { a: 1, b: 't' })
    await redis.zadd('zset', { score: 1, member: 'm1' }, { score: 2.5, member: 'm2' })
    assert.deepEqual(await redis.zrange('zset', 0, -1, { withScores: true }), ['m1', 1, 'm2', 2.5])
    assert.equal(await redis.incrby('counter', 5), 5)
    await redis.expire('counter', 100)
    assert.ok([99, 100].includes(await redis.ttl('counter')))
    const [, keys] = await redis.scan(0, { match: 'zs*', count: 1000 })
    assert.deepEqual(keys, ['zset'])
  })

  test('a lock with a life is given to one, and again when its life is over', async () => {
    const lock = () => redis.set('lock', 'mine', { nx: true, px: 150 })
    const taken = await Promise.all([lock(), lock(), lock()])
    assert.deepEqual(taken.filter(Boolean), ['OK'])
    const deadline = Date.now() + 30_000
    let again = await lock()
    while (again === null && Date.now() < deadline) again = await lock()
    assert.equal(again, 'OK')
  })

  test('a pipeline tells each outcome, and goes on after an error', async () => {
    const pipeline = redis.pipeline()
    pipeline.set('p', '1')
    pipeline.incr('p')
    pipeline.lpush('p', 'x')
    pipeline.get('p')
    const outcomes = await pipeline.exec<unknown[]>({ keepErrors: true })
    assert.deepEqual(
      outcomes.map(({ result, error }) => error?.replace(/^.*(WRONGTYPE).*$/s, '$1') ?? result),
      ['OK', 2, 'WRONGTYPE', 2],
    )
  })

  test('nothing comes between the commands of a transaction', async () => {
    await redis.set('x', 0)
    const turns = Array.from({ length: 30 }, async () => {
      const transaction = redis.multi()
      transaction.incr('x')
      transaction.get('x')
      const [counted, read] = await transaction.exec<[number, number]>()
      assert.equal(counted, Number(read))
    })
    await Promise.all(turns)
    assert.equal(await redis.get('x'), 30)
  })

  test('a transaction with a command that does not exist runs none of it', async () => {
    await redis.set('whole', 1)
    const reply = await post(
      'multi-exec',
      JSON.stringify([
        ['INCR', 'whole'],
        ['NOSUCH', 'whole'],
      ]),
    )
    assert.equal(reply.status, 400)
    const refused = await post(
      'multi-exec',
      JSON.stringify([
        ['INCR', 'whole'],
        ['SUBSCRIBE', 'x'],
      ]),
    )
    assert.equal(refused.status, 400)
    assert.equal(await redis.get('whole'), 1)
    const failing = await post(
      'multi-exec',
      JSON.stringify([
        ['INCR', 'whole'],
        ['LPUSH', 'whole', 'x'],
      ]),
    )
    assert.match(JSON.stringify(failing.body), /^\[\{"result":2\},\{"error":"WRONGTYPE/)
  })

  test('runs scripts, by text and by digest', async () => {
    assert.equal(await redis.eval('return redis.call("INCRBY", KEYS[1], ARGV[1])', ['script'], [7]), 7)
    const script = redis.createScript('return {KEYS[1], ARGV[1], redis.call("GET", KEYS[1])}')
    assert.deepEqual(await script.exec(['script'], ['q']), ['script', 'q', 7])
    await assert.rejects(redis.evalsha('0'.repeat(40), [], []), /NOSCRIPT/)
  })

  test("runs the vendor's scripts, whose flag line no plain Redis knows, under the digest the caller computes", async () => {
    const script = '#!lua flags=allow-key-locking\nreturn redis.call("INCR", KEYS[1])'
    const digest = createHash('sha1').update(script).digest('hex')
    await assert.rejects(redis.evalsha(digest, ['flagged'], []), /NOSCRIPT/)
    assert.equal(await redis.eval(script, ['flagged'], []), 1)
    assert.equal(await redis.evalsha(digest, ['flagged'], []), 2)
    const other = `${script} + 10`
    assert.equal(await redis.scriptLoad(other), createHash('sha1').update(other).digest('hex'))
    assert.equal(await redis.evalsha(createHash('sha1').update(other).digest('hex'), ['flagged'], []), 13)
  })

  test('refuses a wrong token, and none', async () => {
    const stranger = new Redis({ url: server.url, token: 'wrong', retry: false, enableTelemetry: false })
    await assert.rejects(stranger.get('x'), /WRONGPASS/)
    assert.equal((await post('', '["PING"]', { authorization: '' })).status, 401)
    assert.equal((await fetch(`${server.url}/ping?_token=local-token`)).status, 200)
  })

  test('refuses garbage and what would disturb others, with words', async () => {
    const broken = ['not json', '{}', '[]', '["SELECT","1"]', '["BLPOP","x","0"]', '["NOSUCH"]']
    for (const body of broken) {
      const reply = await post('', body)
      assert.equal(reply.status, 400, body)
      assert.match(JSON.stringify(reply.body), /"error":"ERR /, body)
    }
    assert.equal((await post('pipeline', '{}')).status, 400)
    assert.equal((await post('subscribe/channel', '')).status, 400)
    assert.equal((await post('%E0%A4%A', '')).status, 400)
    assert.deepEqual(await post('set/by-path', 'the value'), { status: 200, body: { result: 'OK' } })
    assert.equal(await redis.get('by-path'), 'the value')
  })
})

test('starts on the port of one that was stopped, empty', async () => {
  const first = await startRedis({ port: 0, token: 't' })
  const client = new Redis({ url: first.url, token: 't', retry: false, enableTelemetry: false })
  await client.set('kept', 1)
  await first.stop()
  await assert.rejects(client.get('kept'))
  const second = await startRedis({ port: first.port, token: 't' })
  assert.equal(await client.get('kept'), null)
  await second.stop()
})
