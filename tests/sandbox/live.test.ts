import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { WebSocket } from 'ws'
import { EventPage, formatCursor, parseCursor, type Cursor, type Event } from '../../lib/contract/event.ts'
import type { GenerationId } from '../../lib/contract/ids.ts'
import { shellRight } from '../../lib/contract/live.ts'
import { shellProtocols } from '../../lib/contract/shell.ts'
import { openLetters } from '../../sandbox/letters.ts'
import { startGateway } from '../../sandbox/live/gateway.ts'
import { takeEvents } from '../../sandbox/live/intake.ts'
import { openRunLogs } from '../../sandbox/live/run-log.ts'
import { frameKinds } from '../../sandbox/shell/frames.ts'

const run: GenerationId = 'gen_00000000000000000001'
const audience = 'prj_00000000000000000001'
const origin = 'http://localhost:4700'
const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true })
const key = { ...(await exportJWK(publicKey)) }

const ticket = (
  changes: { audience?: string; seconds?: number; key?: CryptoKey; may?: string[]; person?: string } = {},
) =>
  new SignJWT({ may: changes.may })
    .setSubject(changes.person ?? 'usr_ada')
    .setProtectedHeader({ alg: 'EdDSA' })
    .setAudience(changes.audience ?? audience)
    .setExpirationTime(Math.floor(Date.now() / 1000) + (changes.seconds ?? 60))
    .sign(changes.key ?? privateKey)

const happened = (n: number, id = run): Event => ({
  seq: null,
  run: { id, n },
  type: 'sandbox:logs',
  at: '2026-01-01T00:00:00.000Z',
  data: { source: 'runner', line: `line ${n}` },
})

async function open(t: TestContext, given?: string) {
  const folder = given ?? (await scratch(t))
  const logs = openRunLogs(folder)
  const gateway = await startGateway({
    logs,
    doors: () => ({ key, audience, origins: [origin] }),
    letters: openLetters(folder),
    host: '127.0.0.1',
    port: 0,
  })
  t.after(() => gateway.stop())
  return { logs, url: `ws://127.0.0.1:${gateway.port}` }
}

async function scratch(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'everjust-live-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Opens a socket and answers the refused status, the close code, or the first page. */
async function attempt(url: string, protocols: string[], from = origin): Promise<number | EventPage> {
  const socket = new WebSocket(url, protocols, { origin: from })
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('message', (message) => {
      resolve(EventPage.parse(JSON.parse(String(message))))
      socket.terminate()
    })
    socket.on('close', resolve)
    socket.on('error', reject)
  })
}

test('5,000 events arrive once each across 43 cuts that alternate between socket and poll', async (t) => {
  const { logs, url } = await open(t)
  const logOfRecord: Event[] = []
  let cursor: Cursor = { seq: 0, run: null }
  const seen: number[] = []
  const take = (page: EventPage) => {
    for (const event of page.events) seen.push(event.run?.n ?? -1)
    cursor = parseCursor(page.next) ?? assert.fail('not a cursor')
  }
  const poll = (): EventPage => {
    const events = logOfRecord.filter((event) => (event.run?.n ?? 0) > (cursor.run?.n ?? 0)).slice(0, 200)
    const n = events.at(-1)?.run?.n ?? cursor.run?.n ?? 0
    return { events, next: formatCursor({ seq: logOfRecord.length, run: { id: run, n } }) }
  }
  const writing = (async () => {
    for (let n = 1; n <= 5_000; n += 10) {
      const events = Array.from({ length: 10 }, (_, index) => happened(n + index))
      logs.add(run, events)
      logOfRecord.push(...events)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  })()
  const pass = await ticket()
  let cuts = 0
  while (seen.length < 5_000 && cuts < 1_000) {
    if (cuts % 2 === 1) take(poll())
    const socket = new WebSocket(`${url}/?after=${formatCursor(cursor)}`, ['everjust.v1', pass], { origin })
    const cutAfter = cuts < 43 ? 25 : 3_000
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => socket.terminate(), cutAfter)
      socket.on('message', (message) => {
        take(EventPage.parse(JSON.parse(String(message))))
        if (seen.length >= 5_000) socket.terminate()
      })
      socket.on('error', () => undefined)
      socket.on('close', () => {
        clearTimeout(timer)
        resolve()
      })
    })
    cuts++
  }
  await writing
  assert.ok(cuts >= 43, `${cuts} cuts`)
  assert.deepEqual(
    seen,
    Array.from({ length: 5_000 }, (_, index) => index + 1),
  )
})

test('only a fitting ticket from a known site opens a socket', async (t) => {
  const { logs, url } = await open(t)
  logs.add(run, [happened(1)])
  const stranger = await generateKeyPair('EdDSA')
  const pass = await ticket()
  assert.equal(await attempt(url, ['everjust.v1', await ticket({ audience: 'prj_00000000000000000002' })]), 401)
  assert.equal(await attempt(url, ['everjust.v1', await ticket({ seconds: -1 })]), 401)
  assert.equal(await attempt(url, ['everjust.v1', await ticket({ key: stranger.privateKey })]), 401)
  assert.equal(await attempt(url, ['everjust.v1', 'eyJhbGciOiJub25lIn0.e30.']), 401)
  assert.equal(await attempt(url, ['other', pass]), 401)
  assert.equal(await attempt(url, ['everjust.v1', pass], 'http://evil.example'), 403)
  assert.equal(await attempt(`${url}/?after=x`, ['everjust.v1', pass]), 4400)
  assert.deepEqual(await attempt(url, ['everjust.v1', pass]), { events: [happened(1)], next: `0.${run}.1` })
})

test('an address that is none closes its own socket and nobody else', async (t) => {
  const { logs, url } = await open(t)
  logs.add(run, [happened(1)])
  assert.equal(await attempt(`${url}//`, ['everjust.v1', await ticket()]), 4400)
  assert.deepEqual(await attempt(url, ['everjust.v1', await ticket()]), { events: [happened(1)], next: `0.${run}.1` })
})

test('what generated code says in the place of the shell ends its own socket and nobody else', async (t) => {
  const { logs, url } = await open(t)
  logs.add(run, [happened(1)])
  const pass = await ticket({ may: [shellRight] })
  await speakAsShell(t, closes)
  for (const reason of ['tea', '€'.repeat(60), { toString: 1 }]) {
    const closing = new URLSearchParams({ closing: JSON.stringify({ code: 4409, reason }) })
    assert.equal(await attempt(`${url}/?${closing}`, [shellProtocols.search, pass]), 4409)
  }
  assert.deepEqual(await attempt(url, ['everjust.v1', pass]), { events: [happened(1)], next: `0.${run}.1` })
})

/** Closes whoever comes in with the words of the query. */
const closes = `process.stdin.on('data', (asked) => {
  const { closing } = JSON.parse(asked.subarray(9, 9 + asked.readUInt32BE(0))).query
  const head = Buffer.from(asked.subarray(0, 9))
  head.writeUInt32BE(Buffer.byteLength(closing), 0)
  head.writeUInt8(${frameKinds.close}, 8)
  process.stdout.write(Buffer.concat([head, Buffer.from(closing)]))
})`
const repeats = 'process.stdin.pipe(process.stdout)'

/** A program where the gateway looks for the shell. */
async function speakAsShell(t: TestContext, program: string) {
  const [folder, started] = [await scratch(t), process.argv[1]]
  await chmod(folder, 0o755)
  await writeFile(join(folder, 'shell.js'), program)
  process.argv[1] = join(folder, 'live.js')
  t.after(() => (process.argv[1] = started ?? ''))
}

test('a socket is closed with 4401 when its ticket expires', async (t) => {
  const { url } = await open(t)
  assert.equal(await attempt(url, ['everjust.v1', await ticket({ seconds: 1 })]), 4401)
})

test('a socket stays as long as its person hands in the next ticket, and no ticket of another keeps it', async (t) => {
  const { logs, url } = await open(t)
  const protocols = async () => ['everjust.v1', await ticket({ seconds: 4 })]
  const stays = new WebSocket(url, await protocols(), { origin })
  const goes = new WebSocket(url, await protocols(), { origin })
  t.after(() => stays.terminate())
  await Promise.all([once(stays, 'open'), once(goes, 'open')])
  const closed = once(goes, 'close')
  const hand = async (socket: WebSocket, changes: Parameters<typeof ticket>[0]) =>
    socket.send(JSON.stringify({ ticket: await ticket(changes) }))
  await hand(stays, { seconds: 600 })
  // An older one after it takes nothing back.
  await hand(stays, { seconds: 1 })
  const stranger = await generateKeyPair('EdDSA')
  for (const no of [{ person: 'usr_eve' }, { audience: 'prj_00000000000000000002' }, { key: stranger.privateKey }])
    await hand(goes, { seconds: 600, ...no })
  goes.send('{"ticket":1}')
  goes.send('no ticket')
  assert.equal((await closed)[0], 4401)
  const heard = once(stays, 'message')
  logs.add(run, [happened(1)])
  assert.match(String((await heard)[0]), /line 1/)
})

test('a ticket hands on a terminal only with the right to one, and is not typed into it', async (t) => {
  const { url } = await open(t)
  await speakAsShell(t, repeats)
  const may = { may: [shellRight] }
  const socket = new WebSocket(url, [shellProtocols.terminal, await ticket({ ...may, seconds: 4 })], { origin })
  const said: string[] = []
  socket.on('message', (message) => said.push(String(message)))
  const closed = once(socket, 'close')
  await once(socket, 'open')
  socket.send(JSON.stringify({ ticket: await ticket({ seconds: 600 }) }))
  socket.send(JSON.stringify({ size: 1 }))
  assert.equal((await closed)[0], 4401)
  assert.deepEqual(
    said.filter((text) => text.includes('ticket')),
    [],
  )
  assert.ok(
    said.some((text) => text.includes('size')),
    said.join(),
  )
})

test('a gateway started anew knows the events of the one that was killed', async (t) => {
  const folder = await scratch(t)
  openRunLogs(folder).add(run, [happened(1), happened(2)])
  const { logs, url } = await open(t, folder)
  assert.equal(logs.lastOf(run), 2)
  const page = await attempt(`${url}/?after=7.${run}.1`, ['everjust.v1', await ticket()])
  assert.deepEqual(page, { events: [happened(2)], next: `7.${run}.2` })
})

test('a reader whose next event is only in the log is sent there', async (t) => {
  const { logs, url } = await open(t)
  logs.add(run, [happened(1_000_001)])
  assert.equal(await attempt(`${url}/?after=3.${run}.57`, ['everjust.v1', await ticket()]), 4410)
})

test('a reader of an earlier run goes on with the next one', async (t) => {
  const { logs, url } = await open(t)
  const later: GenerationId = 'gen_00000000000000000002'
  logs.add(run, [happened(1)])
  logs.add(later, [happened(1, later)])
  const page = await attempt(`${url}/?after=3.${run}.1`, ['everjust.v1', await ticket()])
  assert.deepEqual(page, { events: [happened(1, later)], next: `3.${later}.1` })
})

test('the runner learns which events the gateway has, and repeats are not kept twice', async (t) => {
  const folder = await scratch(t)
  const logs = openRunLogs(folder)
  const intake = await takeEvents(folder, logs)
  t.after(() => intake.close())
  const socket = connect(join(folder, 'live.sock'))
  t.after(() => socket.destroy())
  const answers: string[] = []
  const answered = new Promise<void>((resolve) => {
    socket.on('data', (text) => {
      answers.push(...String(text).trim().split('\n'))
      if (answers.length === 3) resolve()
    })
  })
  const say = (line: object) => socket.write(`${JSON.stringify(line)}\n`)
  say({ doors: { key, audience, origins: [origin] }, run })
  say({ run, events: [happened(1), happened(2)] })
  say({ run, events: [happened(2), happened(3)] })
  await answered
  assert.deepEqual(answers, ['{"upTo":0}', '{"upTo":2}', '{"upTo":3}'])
  assert.deepEqual(
    logs.runs()[0]?.events.map(({ n }) => n),
    [1, 2, 3],
  )
  assert.equal(intake.doors()?.audience, audience)
})
