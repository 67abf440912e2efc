import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openSpaces } from '../../lib/adapters/spaces.ts'
import { Secret } from '../../lib/config.ts'
import { Fault } from '../../lib/ports/fault.ts'
import { sha256 } from '../world/files.ts'
import { theStandIns } from '../world/stand-ins.ts'

const settings = await theStandIns()
const account = {
  endpoint: settings['SPACES_ENDPOINT'] ?? '',
  region: 'us-east-1',
  bucket: 'everjust',
  key: new Secret('key'),
  secret: new Secret('secret'),
}
const store = openSpaces(account)
const prefix = `contract/${randomBytes(6).toString('hex')}`
const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes)

test('what is put is got, replaced and removed; what is not there is undefined', async () => {
  const key = `${prefix}/a`
  assert.equal(await store.get(key), undefined)
  await store.put(key, 'one', 'text/plain')
  assert.equal(text(await store.get(key)), 'one')
  await store.put(key, new Uint8Array([0, 255, 128]), 'application/octet-stream')
  assert.deepEqual(await store.get(key), new Uint8Array([0, 255, 128]))
  await store.remove(key)
  await store.remove(key)
  assert.equal(await store.get(key), undefined)
})

test('an object larger than is wanted is not read', async () => {
  const key = `${prefix}/large`
  await store.put(key, 'x'.repeat(1_000), 'text/plain')
  assert.equal(await store.get(key, 999), undefined)
  assert.equal((await store.get(key, 1_000))?.byteLength, 1_000)
  await store.remove(key)
})

test('keys with odd characters are listed as they were put', async () => {
  const keys = ['a b', 'a+b', 'ä&<>"', "x'y(z)*!", 'deep/er/key'].map((name) => `${prefix}/odd/${name}`)
  for (const key of keys) await store.put(key, 'x', 'text/plain')
  assert.deepEqual((await store.list(`${prefix}/odd/`)).sort(), keys.toSorted())
  for (const key of keys) {
    assert.equal(text(await store.get(key)), 'x', key)
    await store.remove(key)
  }
  assert.deepEqual(await store.list(`${prefix}/odd/`), [])
})

test('a signed address reads one object, as the type and name that were signed', async () => {
  const key = `${prefix}/signed`
  await store.put(key, '<b>', 'text/html')
  const url = await store.signGet(key, { seconds: 60, contentType: 'text/plain', fileName: 'a "b".html' })
  const answer = await fetch(url)
  assert.equal(answer.headers.get('content-type'), 'text/plain')
  assert.equal(answer.headers.get('content-disposition'), `attachment; filename*=UTF-8''a%20%22b%22.html`)
  assert.equal(await answer.text(), '<b>')
  for (const changed of [url.replace('/signed?', '/other?'), url.replace('text%2Fplain', 'text%2Fhtml')]) {
    assert.notEqual(changed, url)
    assert.equal((await fetch(changed)).status, 403)
  }
  assert.equal((await fetch(url.split('?')[0] ?? '')).status, 403)
})

test('a signed address takes exactly the bytes it was signed for', async () => {
  const key = `${prefix}/upload`
  const { url, headers } = await store.signPut(key, { seconds: 60, sha256: sha256('right') })
  assert.equal((await fetch(url, { method: 'PUT', headers, body: 'wrong' })).status, 400)
  assert.equal((await fetch(url, { method: 'PUT', body: 'right' })).status, 403)
  assert.equal(await store.get(key), undefined)
  assert.equal((await fetch(url, { method: 'PUT', headers, body: 'right' })).status, 200)
  assert.equal(text(await store.get(key)), 'right')
})

test('a wrong secret is a fault that is not worth trying again, a dead server one that is', async () => {
  const stranger = openSpaces({ ...account, secret: new Secret('wrong') })
  await assert.rejects(stranger.get(`${prefix}/a`), (error) => error instanceof Fault && !error.retryable)
  const dead = openSpaces({ ...account, endpoint: 'http://127.0.0.1:9' })
  await assert.rejects(dead.put(`${prefix}/a`, 'x', 'text/plain'), (error) => error instanceof Fault && error.retryable)
})

test('faults name neither key nor secret', async () => {
  const stranger = openSpaces({ ...account, secret: new Secret('very-secret-value') })
  const fault = await stranger.get(`${prefix}/a`).catch((error: unknown) => error)
  assert.ok(fault instanceof Fault)
  assert.ok(!`${fault.message} ${String(fault.cause)}`.includes('very-secret-value'))
})

test('a copy is an object of its own, whatever its key is called', async () => {
  const [from, to] = [`${prefix}/copy/a b+ä`, `${prefix}/copy/c`]
  await store.put(from, 'one', 'text/plain')
  await store.copy(from, to)
  await store.remove(from)
  assert.equal(text(await store.get(to)), 'one')
  await assert.rejects(store.copy(from, to), Fault)
  await store.remove(to)
})
