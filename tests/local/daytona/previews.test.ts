import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import type { Sandbox } from '@daytonaio/sdk'
import { WebSocket } from 'ws'
import { until } from '../../world/until.ts'
import { openWorld, read, type World } from './world.ts'

const APP = `
const { createServer } = require('node:http')
const { createHash } = require('node:crypto')
const server = createServer((request, response) => {
  if (request.url === '/big') return response.end(Buffer.alloc(20_000_000, 'x'))
  response.end(JSON.stringify({ url: request.url, headers: request.headers }))
})
server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11')
  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: ' + accept.digest('base64') + '\\r\\n\\r\\n')
  socket.write(Buffer.from([0x81, 2, 0x68, 0x69]))
})
server.listen(5173, '127.0.0.1')
`

let world: World
let box: Sandbox
before(async () => {
  world = await openWorld({ minuteMs: 2000 })
  box = await world.client.create({ autoStopInterval: 0 })
  await box.fs.uploadFile(Buffer.from(APP), 'app.cjs')
  await box.process.createSession('dev')
  await box.process.executeSessionCommand('dev', { command: 'node app.cjs', runAsync: true })
  const { url } = await box.getSignedPreviewUrl(5173, 60)
  await until(
    () => read(url),
    ({ status }) => status === 200,
  )
})
after(() => world.end())

test('a signed address shows the app under its own host, without our keys', async () => {
  const { url, token, port } = await box.getSignedPreviewUrl(5173, 60)
  assert.equal(url, `http://5173-${token}.localhost:${world.server.port}`)
  assert.equal(port, 5173)
  const answer = await read(`${url}/path?q=1`, { authorization: 'Bearer dtn_test', 'x-mine': 'kept' })
  const seen = JSON.parse(answer.body) as { url: string; headers: Record<string, string> }
  assert.equal(seen.url, '/path?q=1')
  assert.equal(seen.headers['host'], new URL(url).host)
  assert.equal(seen.headers['x-mine'], 'kept')
  assert.equal(seen.headers['authorization'], undefined)
})

test('WebSockets pass through a signed address', async () => {
  const { url } = await box.getSignedPreviewUrl(5173, 60)
  const { host, port } = new URL(url)
  const socket = new WebSocket(`ws://127.0.0.1:${port}/hmr`, { headers: { host } })
  const message = await new Promise((resolve, reject) => {
    socket.on('message', (content) => resolve(String(content)))
    socket.on('error', reject)
  })
  socket.terminate()
  assert.equal(message, 'hi')
})

test('a large answer arrives whole', async () => {
  const { url } = await box.getSignedPreviewUrl(5173, 60)
  assert.equal((await read(`${url}/big`)).body.length, 20_000_000)
})

test('an address ends with its time, or when it is revoked', async () => {
  const short = await box.getSignedPreviewUrl(5173, 1)
  assert.equal((await read(short.url)).status, 200)
  await until(
    () => read(short.url),
    ({ status }) => status === 401,
  )
  const revoked = await box.getSignedPreviewUrl(5173, 60)
  await box.expireSignedPreviewUrl(5173, revoked.token)
  assert.equal((await read(revoked.url)).status, 401)
})

test('a token opens its own port only', async () => {
  const { url } = await box.getSignedPreviewUrl(5173, 60)
  assert.equal((await read(url.replace('5173-', '5174-'))).status, 401)
})

test('the unsigned address wants the token in a header, unless the sandbox is public', async () => {
  const { url, token } = await box.getPreviewLink(5173)
  assert.equal((await read(url)).status, 401)
  assert.equal((await read(url, { 'x-daytona-preview-token': token })).status, 200)
  const open = await world.client.create({ public: true, autoStopInterval: 0 })
  assert.equal((await read((await open.getPreviewLink(5173)).url)).status, 502)
  await open.delete()
})

test('reserved ports and impossible times are refused', async () => {
  await assert.rejects(box.getSignedPreviewUrl(2280, 60), { statusCode: 400, message: /reserved/ })
  await assert.rejects(box.getSignedPreviewUrl(70_000, 60), { statusCode: 400 })
  await assert.rejects(box.getSignedPreviewUrl(5173, 90_000), { statusCode: 400 })
})

test('a port on which nothing listens shows a page that says so and looks again', async () => {
  const { url } = await box.getSignedPreviewUrl(3000, 60)
  const answer = await read(url)
  assert.equal(answer.status, 502)
  assert.equal(answer.headers['cache-control'], 'no-store')
  assert.match(answer.body, /nothing listens on port 3000 yet/)
  assert.match(answer.body, /http-equiv="refresh"/)
})

test('a stopped sandbox answers its previews with 400', async () => {
  const other = await world.client.create({ autoStopInterval: 0 })
  const { url } = await other.getSignedPreviewUrl(5173, 60)
  await other.stop()
  assert.equal((await read(url)).status, 400)
  await other.delete()
  assert.equal((await read(url)).status, 401)
})

test('an open preview keeps the sandbox awake', async () => {
  const other = await world.client.create({ autoStopInterval: 1 })
  await other.fs.uploadFile(Buffer.from(APP), 'app.cjs')
  await other.process.createSession('dev')
  await other.process.executeSessionCommand('dev', { command: 'node app.cjs', runAsync: true })
  const { url } = await other.getSignedPreviewUrl(5173, 60)
  await until(
    () => read(url),
    ({ status }) => status === 200,
  )
  const { host, port } = new URL(url)
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { host } })
  await new Promise((resolve, reject) => socket.on('message', resolve).on('error', reject))
  const end = Date.now() + 4000
  await until(
    () => Date.now(),
    (now) => now > end,
  )
  await other.refreshData()
  assert.equal(other.state, 'started')
  socket.terminate()
  await until(
    async () => {
      await other.refreshData()
      return other.state
    },
    (state) => state === 'stopped',
  )
  await other.delete()
})

test('the way into the sandbox is not open through the toolbox address', async () => {
  const socket = connect(world.server.port, '127.0.0.1')
  socket.write(
    `GET /toolbox/${box.id}/tunnel/5173 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer dtn_test\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n`,
  )
  const [line] = String(await new Promise((resolve) => socket.once('data', resolve))).split('\r\n')
  socket.destroy()
  assert.match(line ?? '', /^HTTP\/1\.1 404/)
})
