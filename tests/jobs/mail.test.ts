import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { openMail } from '../../lib/adapters/mail.ts'

async function listen(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const letter = (url: string) => ({ id: 'l', method: 'GET', url, headers: {}, body: null })

test('a letter goes below its destinations only, whatever its address begins with', async (t) => {
  const url = await listen(t, (_, response) => response.end('heard'))
  const { host } = new URL(url)
  const mail = openMail(['http://bucket.example', `${url}/bucket`, `${url}/api/v1/`])
  const status = async (address: string) => (await mail.send(letter(address))).status
  assert.equal(await status(`${url}/bucket/a`), 200)
  assert.equal(await status(`${url}/api/v1/projects`), 200)
  assert.equal(await status(`http://bucket.example@${host}/latest/meta-data`), 403)
  assert.equal(await status(`http://bucket.example:x@${host}/bucket/a`), 403)
  assert.equal(await status(`http://x@${host}/bucket/a`), 403)
  assert.equal(await status(`${url}/bucket-of-others/a`), 403)
  assert.equal(await status(`${url}/bucket/../others/a`), 403)
  assert.equal(await status(`${url}/api/v1/%2e%2e/x`), 403)
  assert.equal(await status('no address'), 403)
})

test('an answer that breaks off is none', async (t) => {
  const url = await listen(t, (_, response) => {
    response.writeHead(200, { 'content-length': 1_000 })
    response.write('a part', () => response.destroy())
  })
  assert.deepEqual(await openMail([url]).send(letter(`${url}/x`)), { id: 'l', status: 0, headers: {}, body: '' })
})

test('a gateway that says more than any mail is not listened to', async (t) => {
  const piece = ' '.repeat(1024 * 1024)
  const url = await listen(t, (_, response) => {
    const more = () => void (response.destroyed || response.write(piece, more))
    more()
  })
  await assert.rejects(openMail([]).exchange({ url, ticket: 'x' }, { replies: [], waitSeconds: 0 }), /mail/)
})
