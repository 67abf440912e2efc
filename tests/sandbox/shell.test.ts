import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { WebSocket } from 'ws'
import { shellLimits, type SearchMatch, type SearchWord } from '../../lib/contract/shell.ts'
import { buildSandbox } from '../../scripts/build-sandbox.ts'
import { openWorld } from '../local/daytona/world.ts'

const project = 'prj_00000000000000000001'
const origin = 'http://localhost:4700'
const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true })
const key = { ...(await exportJWK(publicKey)) }
const address = await openBox()

const ticket = (person: string, may: string[]) =>
  new SignJWT({ role: 'editor', may })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setSubject(person)
    .setAudience(project)
    .setExpirationTime('60s')
    .sign(privateKey)

/** A real sandbox with a live gateway that knows our key, and a small project; answers where the gateway is seen from outside. */
async function openBox(): Promise<URL> {
  const image = mkdtempSync('/var/tmp/everjust-shell-')
  after(() => rmSync(image, { recursive: true, force: true }))
  await buildSandbox({ outdir: join(image, 'bin') })
  cpSync(fileURLToPath(new URL('../../templates/static', import.meta.url)), join(image, 'static'), { recursive: true })
  const mounts = [{ from: join(image, 'bin'), to: '/opt/everjust/bin' }]
  const world = await openWorld({ snapshots: { everjust: { mounts, user: 'root' } } })
  after(() => world.end())
  const box = await world.client.create({
    snapshot: 'everjust',
    language: 'typescript',
    envVars: { PLATFORM_KEY: 'not-for-you' },
  })
  const files = {
    'src/tea.ts': 'export const tea = "Earl Grey"\n// TEA again, and tea_pot\n',
    'notes.md': 'No tea here? tea.\n',
  }
  await box.process.executeCommand('mkdir -p /home/app/project/src /run/everjust && chown -R app:app /home/app')
  for (const [path, text] of Object.entries(files)) {
    await box.fs.uploadFile(Buffer.from(text), `/home/app/project/${path}`)
  }
  const live = JSON.stringify({ key, audience: project, origins: [origin] })
  await box.fs.uploadFile(Buffer.from(live), '/root/live.json')
  const start =
    'chmod 700 /run/everjust; cp /root/live.json /run/everjust/ && (node /opt/everjust/bin/live.js >/root/live.log 2>&1 &) ; sleep 1; cat /root/live.log'
  const started = await box.process.executeCommand(start)
  assert.equal(started.exitCode, 0, started.result)
  return new URL((await box.getSignedPreviewUrl(8787, 600)).url)
}

interface Seen {
  socket: WebSocket
  /** All that was printed. */
  text(): string
  bytes(): number
  words: Record<string, unknown>[]
  closed: Promise<number>
  type(text: string): void
  say(word: object): void
}

interface Wish {
  query: Record<string, string>
  protocol?: string
  person?: string
  may?: string[]
  /** How output is taken in; all of it at once when not given. */
  takes?: boolean
}

async function open({
  query,
  protocol = 'everjust.terminal.v1',
  person = 'usr_ada',
  may = ['shell'],
  takes = true,
}: Wish): Promise<Seen> {
  const url = `ws://127.0.0.1:${address.port}/?${new URLSearchParams(query)}`
  const socket = new WebSocket(url, [protocol, await ticket(person, may)], { origin, headers: { host: address.host } })
  const printed: Buffer[] = []
  let at = 0
  let size = 0
  const seen: Seen = {
    socket,
    text: () => Buffer.concat(printed).toString(),
    bytes: () => size,
    words: [],
    closed: new Promise((resolve) => socket.on('close', resolve)),
    type: (text) => socket.send(Buffer.from(text)),
    say: (word) => socket.send(JSON.stringify(word)),
  }
  socket.on('message', (data: Buffer, binary: boolean) => {
    if (!binary) {
      const word = JSON.parse(data.toString()) as Record<string, unknown>
      if (typeof word['at'] === 'number') at = word['at']
      return void seen.words.push(word)
    }
    printed.push(data)
    size += data.length
    at += data.length
    if (takes) seen.say({ taken: at })
  })
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('message', resolve).on('close', resolve))
  return seen
}

const terminal = (id: string, from = 0) => ({ id, from: String(from), cols: '80', rows: '24' })

async function until(holds: () => boolean, what: string) {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (holds()) return
  }
  assert.fail(`never: ${what}`)
}

const refused = (may: string[], protocol: string) =>
  new Promise<number>((resolve, reject) => {
    void ticket('usr_eve', may).then((pass) => {
      const headers = {
        host: address.host,
        origin,
        connection: 'upgrade',
        upgrade: 'websocket',
        'sec-websocket-key': Buffer.alloc(16).toString('base64'),
        'sec-websocket-version': '13',
        'sec-websocket-protocol': `${protocol}, ${pass}`,
      }
      request({ host: '127.0.0.1', port: address.port, path: '/?id=aaaaaaaa&from=0&cols=80&rows=24', headers })
        .on('response', (response) => resolve(response.statusCode ?? 0))
        .on('upgrade', (_response, socket) => {
          socket.destroy()
          resolve(101)
        })
        .on('error', reject)
        .end()
    })
  })

test('a terminal is a real one, of the account of the files, and finds nothing of ours', async () => {
  const shell = await open({ query: terminal('terminal-one') })
  shell.type(
    'id -un; pwd; tty; stty size; env | grep -c not-for-you; ls /run/everjust; cat /proc/*/environ 2>/dev/null | grep -c not-for-you; echo do""ne\r',
  )
  await until(() => shell.text().includes('done'), 'the commands end')
  const text = shell.text()
  assert.match(text, /app\r\n\/home\/app\/project\r\n\/dev\/pts\/\d+\r\n24 80\r\n0\r\n/)
  assert.match(text, /Permission denied/)
  assert.match(text, /\r\n0\r\ndone/)
  shell.say({ size: { cols: 100, rows: 30 } })
  shell.type('stty size\r')
  await until(() => shell.text().includes('30 100'), 'the new size')
  shell.type('exit 3\r')
  assert.equal(await shell.closed, 4404)
  assert.deepEqual(shell.words.at(-1), { ended: { code: 3 } })
})

test('only a ticket with the right to it opens a terminal or searches', async () => {
  assert.equal(await refused([], 'everjust.terminal.v1'), 403)
  assert.equal(await refused([], 'everjust.search.v1'), 403)
  assert.equal(await refused(['shell'], 'everjust.other.v1'), 401)
  assert.equal(await refused([], 'everjust.v1'), 101)
})

test('who comes back finds the terminal as it was, and what was printed meanwhile', async () => {
  const first = await open({ query: terminal('terminal-two') })
  first.type('A=kept; (sleep 0.3; echo "mean""while") &\r')
  await until(() => first.text().includes('mean""while'), 'the command')
  first.socket.terminate()
  const again = await open({ query: terminal('terminal-two') })
  assert.deepEqual(again.words[0], { at: 0, fresh: false })
  await until(() => again.text().includes('meanwhile'), 'what came meanwhile')
  again.type('echo "va""lue=$A"\r')
  await until(() => again.text().includes('value=kept'), 'the variable')
  const stranger = await open({ query: terminal('terminal-two'), person: 'usr_bob' })
  assert.deepEqual(stranger.words[0] ?? (await until(() => stranger.words.length > 0, 'a word'), stranger.words[0]), {
    at: 0,
    fresh: true,
  })
  const taker = await open({ query: terminal('terminal-two', again.bytes()) })
  assert.equal(await again.closed, 4409)
  taker.say({ end: true })
  stranger.say({ end: true })
  assert.equal(await taker.closed, 4404)
  await stranger.closed
})

test('output without end waits for the page to take it in, and can be interrupted', async () => {
  const shell = await open({ query: terminal('terminal-yes'), takes: false })
  shell.type('yes\r')
  await until(() => shell.bytes() > shellLimits.unreadBytes, 'as much as may be under way')
  await new Promise((resolve) => setTimeout(resolve, 300))
  const held = shell.bytes()
  assert.ok(held < shellLimits.unreadBytes * 2, `${held} bytes came unread`)
  shell.say({ taken: held })
  await until(() => shell.bytes() > held, 'more, once that was taken in')
  shell.type('\u0003')
  shell.say({ taken: Number.MAX_SAFE_INTEGER })
  await until(() => (shell.say({ taken: shell.bytes() }), shell.text().endsWith('$ ')), 'the prompt')
  shell.say({ end: true })
  await shell.closed
})

test('a fifth terminal is refused', async () => {
  const ids = ['terminal-a', 'terminal-b', 'terminal-c', 'terminal-d']
  const open4 = await Promise.all(ids.map((id) => open({ query: terminal(id) })))
  const fifth = await open({ query: terminal('terminal-e') })
  assert.equal(await fifth.closed, 4429)
  for (const shell of open4) shell.say({ end: true })
  await Promise.all(open4.map(({ closed }) => closed))
})

async function search(query: Record<string, string>) {
  const seen = await open({ query, protocol: 'everjust.search.v1' })
  await seen.closed
  const words = seen.words as unknown as SearchWord[]
  return { words, matches: words.flatMap((word): SearchMatch[] => ('matches' in word ? word.matches : [])) }
}

test('a search finds places by text, word, case, pattern and path', async () => {
  const places = async (query: Record<string, string>) =>
    (await search(query)).matches.map(({ path, line, column, length }) => `${path}:${line}:${column}+${length}`)
  assert.deepEqual(await places({ q: 'tea', case: '1', word: '1' }), [
    'notes.md:1:4+3',
    'notes.md:1:14+3',
    'src/tea.ts:1:14+3',
  ])
  assert.deepEqual(await places({ q: 'TEA', include: '*.ts' }), [
    'src/tea.ts:1:14+3',
    'src/tea.ts:2:4+3',
    'src/tea.ts:2:19+3',
  ])
  assert.deepEqual(await places({ q: 'e[a-z]rl', regexp: '1' }), ['src/tea.ts:1:21+4'])
  assert.deepEqual(await places({ q: 'tea.', case: '1' }), ['notes.md:1:14+4'])
  const { words } = await search({ q: '(', regexp: '1' })
  assert.ok('problem' in (words[0] ?? {}), JSON.stringify(words))
})
