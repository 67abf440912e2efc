import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openResend } from '../../lib/adapters/resend.ts'
import { Secret } from '../../lib/config.ts'
import { Fault } from '../../lib/ports/fault.ts'
import { startPost, type PostOptions } from '../../local/post/index.ts'

const dataDir = await mkdtemp(join(tmpdir(), 'everjust-post-'))
after(() => rm(dataDir, { recursive: true }))

const faults: number[] = []
const options: PostOptions = { dataDir, port: 0, apiKey: 're_key', fault: () => faults.shift() }
let post = await startPost(options)
after(() => post.stop())

const resend = (key = 're_key') =>
  openResend({ url: post.url, key: new Secret(key), from: 'EverJust <everjust@example.com>' })
const letter = {
  id: 'ntc_1',
  to: 'ada@example.com',
  subject: 'Hello <b>Ada</b>',
  text: 'One.\n\nhttp://site/join/x?a=1&b\n',
}

test('a mail that was sent twice with one key is there once, as a page whose address can be followed', async () => {
  await resend().send(letter)
  await resend().send({ ...letter, subject: 'Another' })
  const [only, ...more] = post.sent()
  assert.deepEqual([only?.to, only?.subject, more], [['ada@example.com'], letter.subject, []])
  const mailbox = await (await fetch(post.url)).text()
  assert.match(mailbox, /Hello &#60;b&#62;Ada/)
  const page = await fetch(`${post.url}/letters/${only?.id}`)
  assert.match(await page.text(), /<a href="http:\/\/site\/join\/x\?a=1&#38;b">/)
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/)
})

test('a mail stays when the mailbox starts again', async () => {
  await post.stop()
  post = await startPost(options)
  assert.deepEqual(
    post.sent().map(({ subject }) => subject),
    [letter.subject],
  )
})

test('whether a mail may be tried again is told apart', async () => {
  const failing = async (id: string, key?: string, to = letter.to) => {
    const error = await resend(key)
      .send({ ...letter, id, to })
      .catch((thrown: unknown) => thrown)
    assert.ok(error instanceof Fault, String(error))
    return error.retryable
  }
  faults.push(429, 503)
  assert.deepEqual([await failing('ntc_2'), await failing('ntc_3')], [true, true])
  assert.equal(await failing('ntc_4', undefined, 'nobody'), false)
  assert.equal(await failing('ntc_5', 're_other'), false)
  assert.equal(post.sent().length, 1)
})

test('what is not there and what is not done are said', async () => {
  assert.equal((await fetch(`${post.url}/letters/none`)).status, 404)
  assert.equal((await fetch(post.url, { method: 'DELETE' })).status, 405)
})
