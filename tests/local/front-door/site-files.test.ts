import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, after, test } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import { startFrontDoor } from '../../../local/front-door/index.ts'

const script = 'export const words = 1\n'.repeat(200)
let site: string
let door: { url: string; stop(): Promise<void> }

before(async () => {
  site = await mkdtemp(join(tmpdir(), 'everjust-site-'))
  await mkdir(join(site, '_app/immutable'), { recursive: true })
  await mkdir(join(site, 'showcase/kanban'), { recursive: true })
  await writeFile(join(site, 'index.html'), '<title>start page</title>')
  await writeFile(join(site, '_app/immutable/a.js'), script)
  await writeFile(join(site, 'showcase/kanban/index.html'), '<title>kanban</title>')
  door = await startFrontDoor({ port: 0, site, functions: 'http://127.0.0.1:9', connects: [], frames: [] })
})
after(async () => {
  await door.stop()
  await rm(site, { recursive: true, force: true })
})

test('sends what can be compressed compressed, once it is worth it, and assets for ever', async () => {
  const { headers, body } = await get('/_app/immutable/a.js', { 'accept-encoding': 'gzip, deflate, br' })
  assert.equal(headers['content-encoding'], 'br')
  assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.equal(brotliDecompressSync(body).toString(), script)
  assert.ok(body.length < script.length / 4)
  const plain = await get('/_app/immutable/a.js')
  assert.equal(plain.headers['content-encoding'], undefined)
  assert.equal(plain.body.toString(), script)
})

test('answers an address within the site with the start page, and says when a file is not there', async () => {
  assert.match((await get('/projects/prj_1')).body.toString(), /start page/)
  assert.equal((await get('/_app/immutable/gone.js')).status, 404)
  assert.equal((await get('/showcase/gone/index.html')).status, 404)
  assert.match((await get('/..%2f..%2fetc/passwd')).body.toString(), /start page/)
})

test('does not send again what the browser has', async () => {
  const { headers } = await get('/')
  assert.equal(headers['cache-control'], 'no-cache')
  const again = await get('/', { 'if-none-match': String(headers.etag) })
  assert.deepEqual([again.status, again.body.length], [304, 0])
  await writeFile(join(site, 'index.html'), '<title>another start page</title>')
  assert.equal((await get('/', { 'if-none-match': String(headers.etag) })).status, 200)
})

test('keeps the pages that only a link leads to out of search engines, and the link out of what is told on', async () => {
  const { headers } = await get('/share/some-token')
  assert.equal(headers['x-robots-tag'], 'noindex, nofollow')
  assert.equal(headers['referrer-policy'], 'no-referrer')
  assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/)
  const front = await get('/')
  assert.equal(front.headers['x-robots-tag'], undefined)
})

test('gives the apps of the front page an origin of their own wherever they are opened', async () => {
  const { headers, body } = await get('/showcase/kanban/')
  assert.match(body.toString(), /kanban/)
  const policy = String(headers['content-security-policy'])
  assert.match(policy, /^sandbox allow-scripts allow-forms;/)
  assert.doesNotMatch(policy, /allow-same-origin/)
  assert.match(policy, /frame-ancestors 'self'/)
  assert.match(String((await get('/')).headers['content-security-policy']), /frame-ancestors 'none'/)
})

test('hands on what is the API, whatever its path says on the way, and not what lies beside it', async () => {
  // Nobody serves the functions here: what is handed on comes back as 502.
  for (const path of ['/api/v1/projects', '/api/v1/namespaces/../projects']) assert.equal((await get(path)).status, 502)
  const beside = ['/api/v1/namespaces/x', '/api/v1/a/../namespaces/x', '/api/v1/%2e/web/x', '/api/v1//web', '/api/../x']
  for (const path of beside) assert.notEqual((await get(path)).status, 502, path)
})

function get(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const { port } = new URL(door.url)
    request({ host: 'localhost', port, path, headers }, async (response) => {
      const body = Buffer.concat(await response.toArray())
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
    })
      .on('error', reject)
      .end()
  })
}
