import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { pageAt } from '../../sandbox/runner/app/page-at.ts'

async function serve(t: TestContext, answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

test('a page that drips for ever is not waited for', { timeout: 20_000 }, async (t) => {
  const port = await serve(t, (_request, response) => {
    const drip = setInterval(() => response.write('.'), 20)
    response.on('close', () => clearInterval(drip))
  })
  assert.equal(await pageAt(port, '/', 200), undefined)
})

test('of a page without an end its beginning is enough', { timeout: 20_000 }, async (t) => {
  const port = await serve(t, (_request, response) => void response.writeHead(200).write('x'.repeat(200_000)))
  const page = await pageAt(port, '/', 15_000)
  assert.equal(page?.status, 200)
  assert.ok(page.text.length >= 64 * 1024)
})

test('a page is answered whole, and nobody is nothing', async (t) => {
  const port = await serve(t, (_request, response) => response.writeHead(404).end('no tea'))
  assert.deepEqual(await pageAt(port, '/tea'), { status: 404, text: 'no tea' })
  assert.equal(await pageAt(1, '/'), undefined)
})
