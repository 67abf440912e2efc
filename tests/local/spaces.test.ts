import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text as streamText } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import * as s3 from '@aws-sdk/client-s3'
import { AwsClient } from 'aws4fetch'
import { startSpaces, type Spaces } from '../../local/spaces/index.ts'

const KEY = { accessKey: 'local-key', secretKey: 'local-secret' }
const SITE = 'http://localhost:4700'
const BUCKET = 'projects'

const sdk = (
  endpoint: string,
  secretAccessKey = KEY.secretKey,
  checksums: 'WHEN_REQUIRED' | 'WHEN_SUPPORTED' = 'WHEN_REQUIRED',
) =>
  new s3.S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: KEY.accessKey, secretAccessKey },
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
  })

const failure = (name: string, status: number) => (cause: unknown) => {
  const { name: got, $metadata } = cause as s3.S3ServiceException
  assert.deepEqual([got, $metadata.httpStatusCode], [name, status])
  return true
}

const codeOf = async (reply: Response): Promise<[number, string | undefined]> => [
  reply.status,
  /<Code>(\w+)<\/Code>/.exec(await reply.text())?.[1],
]

describe('the local S3', () => {
  let dataDir: string
  let spaces: Spaces
  let client: s3.S3Client
  let clock = 0
  const signer = new AwsClient({
    accessKeyId: KEY.accessKey,
    secretAccessKey: KEY.secretKey,
    service: 's3',
    region: 'us-east-1',
  })

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'everjust-spaces-'))
    const now = () => Date.now() + clock
    spaces = await startSpaces({ ...KEY, dataDir, port: 0, buckets: [BUCKET], corsOrigins: [SITE], now })
    client = sdk(spaces.endpoint)
  })
  after(async () => {
    await spaces.stop()
    await rm(dataDir, { recursive: true })
  })

  const put = (
    key: string,
    body: NonNullable<s3.PutObjectCommandInput['Body']>,
    more: Partial<s3.PutObjectCommandInput> = {},
  ) => client.send(new s3.PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body, ...more }))
  const get = (key: string, more: Partial<s3.GetObjectCommandInput> = {}) =>
    client.send(new s3.GetObjectCommand({ Bucket: BUCKET, Key: key, ...more }))
  const text = async (key: string) => (await get(key)).Body?.transformToString()
  const presign = async (
    method: string,
    key: string,
    more: { headers?: Record<string, string>; query?: Record<string, string> } = {},
  ) => {
    const url = new URL(`${spaces.endpoint}/${BUCKET}/${key}`)
    url.search = new URLSearchParams({ 'X-Amz-Expires': '60', ...more.query }).toString()
    const { url: signed } = await signer.sign(url.href, {
      method,
      headers: more.headers ?? {},
      aws: { signQuery: true },
    })
    return signed
  }

  test('keeps what it was given: bytes, type, metadata, names of any kind', async () => {
    const key = 'a folder/ž+&<>"\'%.txt'
    const stored = await put(key, 'hello', {
      ContentType: 'text/plain',
      Metadata: { org: 'x1' },
      CacheControl: 'no-store',
    })
    assert.equal(stored.ETag, '"5d41402abc4b2a76b9719d911017c592"')
    const found = await get(key)
    assert.equal(await found.Body?.transformToString(), 'hello')
    assert.deepEqual([found.ContentType, found.Metadata, found.CacheControl], ['text/plain', { org: 'x1' }, 'no-store'])
    assert.equal((await client.send(new s3.HeadObjectCommand({ Bucket: BUCKET, Key: key }))).ContentLength, 5)
  })

  test('takes streams in chunks with a trailing checksum, and empty objects', async () => {
    const modern = sdk(spaces.endpoint, KEY.secretKey, 'WHEN_SUPPORTED')
    const bytes = randomBytes(3_000_000)
    const parts = Readable.from([bytes.subarray(0, 1_000_000), bytes.subarray(1_000_000)])
    await modern.send(
      new s3.PutObjectCommand({ Bucket: BUCKET, Key: 'stream', Body: parts, ContentLength: bytes.length }),
    )
    const found = await get('stream')
    assert.ok(Buffer.from((await found.Body?.transformToByteArray()) ?? new Uint8Array()).equals(bytes))
    assert.equal(found.ContentEncoding, undefined)
    await put('empty', '')
    assert.equal(await text('empty'), '')
  })

  test('refuses bodies whose digests are wrong, and keeps what was there', async () => {
    await put('digest', 'first')
    await assert.rejects(put('digest', 'x', { ChecksumCRC32: 'AAAAAA==' }), failure('BadDigest', 400))
    await assert.rejects(put('digest', 'x', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }), failure('BadDigest', 400))
    const sha256 = createHash('sha256').update('expected').digest('hex')
    const headers = { 'x-amz-content-sha256': sha256 }
    const url = await presign('PUT', 'digest', { headers })
    const wrong = await fetch(url, { method: 'PUT', headers, body: 'unexpected' })
    assert.deepEqual(await codeOf(wrong), [400, 'XAmzContentSHA256Mismatch'])
    assert.equal(await text('digest'), 'first')
    assert.equal((await fetch(url, { method: 'PUT', headers, body: 'expected' })).status, 200)
    assert.equal(await text('digest'), 'expected')
    assert.equal((await fetch(url, { method: 'PUT', body: 'expected' })).status, 403)
  })

  test('refuses the empty checksum that the SDK bakes into presigned uploads by default', async () => {
    const url = await presign('PUT', 'baked', { query: { 'x-amz-checksum-crc32': 'AAAAAA==' } })
    assert.deepEqual(await codeOf(await fetch(url, { method: 'PUT', body: 'not empty' })), [400, 'BadDigest'])
  })

  test('creates only what is not there when asked so, also when two race', async () => {
    const once = { IfNoneMatch: '*' }
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => put('race', `writer ${n}`, once)))
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    await assert.rejects(put('race', 'late', once), failure('PreconditionFailed', 412))
    await assert.rejects(put('race', 'stale', { IfMatch: '"0"' }), failure('PreconditionFailed', 412))
  })

  test('serves ranges and conditions', async () => {
    await put('digits', '0123456789')
    const part = await get('digits', { Range: 'bytes=2-4' })
    assert.deepEqual([await part.Body?.transformToString(), part.ContentRange], ['234', 'bytes 2-4/10'])
    assert.equal(await (await get('digits', { Range: 'bytes=-3' })).Body?.transformToString(), '789')
    await assert.rejects(get('digits', { Range: 'bytes=10-' }), failure('InvalidRange', 416))
    await assert.rejects(get('digits', { IfNoneMatch: '"781e5e245d69b566979b86e28d23f2c7"' }), failure('Unknown', 304))
    await assert.rejects(get('absent'), failure('NoSuchKey', 404))
    await assert.rejects(client.send(new s3.HeadBucketCommand({ Bucket: 'absent' })), failure('NotFound', 404))
  })

  test('lists by prefix and delimiter, page by page, and deletes', async () => {
    for (const name of ['list/a/1', 'list/a/2', 'list/b/1', 'list/c', 'list/d &<é']) await put(name, name)
    const folded = await client.send(new s3.ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'list/', Delimiter: '/' }))
    assert.deepEqual(
      folded.CommonPrefixes?.map(({ Prefix }) => Prefix),
      ['list/a/', 'list/b/'],
    )
    assert.deepEqual(
      folded.Contents?.map(({ Key }) => Key),
      ['list/c', 'list/d &<é'],
    )

    const paged = async (more: Partial<s3.ListObjectsV2CommandInput>) => {
      const names: (string | undefined)[] = []
      const input = { Bucket: BUCKET, Prefix: 'list/', ...more }
      for await (const page of s3.paginateListObjectsV2({ client, pageSize: 2 }, input)) {
        names.push(
          ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
          ...(page.Contents ?? []).map(({ Key }) => Key),
        )
      }
      return names
    }
    assert.deepEqual(await paged({}), ['list/a/1', 'list/a/2', 'list/b/1', 'list/c', 'list/d &<é'])
    assert.deepEqual(await paged({ Delimiter: '/' }), ['list/a/', 'list/b/', 'list/c', 'list/d &<é'])

    const gone = { Objects: [{ Key: 'list/a/1' }, { Key: 'list/d &<é' }, { Key: 'list/never' }] }
    const { Deleted } = await client.send(new s3.DeleteObjectsCommand({ Bucket: BUCKET, Delete: gone }))
    assert.equal(Deleted?.length, 3)
    await client.send(new s3.DeleteObjectCommand({ Bucket: BUCKET, Key: 'list/c' }))
    assert.deepEqual(await paged({}), ['list/a/2', 'list/b/1'])
  })

  test('copies, and makes and removes buckets', async () => {
    await put('source ž', 'copied', { ContentType: 'text/css' })
    await client.send(
      new s3.CopyObjectCommand({ Bucket: BUCKET, Key: 'copy', CopySource: encodeURI(`${BUCKET}/source ž`) }),
    )
    const copy = await get('copy')
    assert.deepEqual([await copy.Body?.transformToString(), copy.ContentType], ['copied', 'text/css'])
    await client.send(new s3.CreateBucketCommand({ Bucket: 'second' }))
    const { Buckets } = await client.send(new s3.ListBucketsCommand({}))
    assert.deepEqual(
      Buckets?.map(({ Name }) => Name),
      ['projects', 'second'],
    )
    await assert.rejects(client.send(new s3.DeleteBucketCommand({ Bucket: BUCKET })), failure('BucketNotEmpty', 409))
    await client.send(new s3.DeleteBucketCommand({ Bucket: 'second' }))
    await assert.rejects(client.send(new s3.CreateBucketCommand({ Bucket: '..' })))
  })

  test('a presigned address reads and writes, with the headers it overrides', async () => {
    const headers = { 'content-type': 'application/zip' }
    const upload = await fetch(await presign('PUT', 'signed', { headers }), { method: 'PUT', headers, body: 'zip' })
    assert.equal(upload.status, 200)
    const query = { 'response-content-disposition': 'attachment; filename="x.zip"' }
    const read = await fetch(await presign('GET', 'signed', { query }))
    assert.equal(await read.text(), 'zip')
    assert.equal(read.headers.get('content-type'), 'application/zip')
    assert.equal(read.headers.get('content-disposition'), 'attachment; filename="x.zip"')
  })

  test('a presigned address serves nothing but what it was signed for, and only in time', async (t) => {
    await put('secret', 'secret')
    await put('other', 'other')
    const url = await presign('GET', 'other')
    assert.deepEqual(await codeOf(await fetch(url.replace('/other?', '/secret?'))), [403, 'SignatureDoesNotMatch'])
    assert.deepEqual(await codeOf(await fetch(url, { method: 'DELETE' })), [403, 'SignatureDoesNotMatch'])
    assert.deepEqual(await codeOf(await fetch(url.replace('Expires=60', 'Expires=600'))), [
      403,
      'SignatureDoesNotMatch',
    ])
    assert.deepEqual(await codeOf(await fetch(`${url}&response-content-type=text/html`)), [
      403,
      'SignatureDoesNotMatch',
    ])
    assert.deepEqual(await codeOf(await fetch(url, { headers: { 'x-amz-acl': 'public-read' } })), [403, 'AccessDenied'])
    const endless = await presign('GET', 'other', { query: { 'X-Amz-Expires': '604801' } })
    assert.deepEqual(await codeOf(await fetch(endless)), [400, 'AuthorizationQueryParametersError'])
    t.after(() => (clock = 0))
    // Signed to the second: what was signed late in one is older than it looks.
    clock = 57_000
    assert.equal((await fetch(url)).status, 200)
    clock = 62_000
    assert.deepEqual(await codeOf(await fetch(url)), [403, 'AccessDenied'])
    clock = -16 * 60_000
    assert.deepEqual(await codeOf(await fetch(url)), [403, 'AccessDenied'])
    await assert.rejects(get('other'), failure('RequestTimeTooSkewed', 403))
  })

  test('refuses wrong keys, strangers and what it cannot do', async () => {
    const list = new s3.ListObjectsV2Command({ Bucket: BUCKET })
    await assert.rejects(sdk(spaces.endpoint, 'wrong').send(list), failure('SignatureDoesNotMatch', 403))
    const other = new AwsClient({
      accessKeyId: 'other',
      secretAccessKey: KEY.secretKey,
      service: 's3',
      region: 'us-east-1',
      retries: 0,
    })
    assert.deepEqual(await codeOf(await other.fetch(`${spaces.endpoint}/${BUCKET}/signed`)), [
      403,
      'InvalidAccessKeyId',
    ])
    assert.deepEqual(await codeOf(await fetch(`${spaces.endpoint}/${BUCKET}/signed`)), [403, 'AccessDenied'])
    assert.deepEqual(await codeOf(await fetch(`${spaces.endpoint}/${BUCKET}/absent`)), [403, 'AccessDenied'])
    assert.deepEqual(await codeOf(await fetch(`${spaces.endpoint}/${BUCKET}/new`, { method: 'PUT', body: 'x' })), [
      403,
      'AccessDenied',
    ])
    assert.deepEqual(await codeOf(await fetch(`${spaces.endpoint}/%E0`)), [400, 'InvalidURI'])
    const garbled = { authorization: 'AWS4-HMAC-SHA256 nonsense' }
    assert.deepEqual(await codeOf(await fetch(`${spaces.endpoint}/${BUCKET}`, { headers: garbled })), [
      400,
      'AuthorizationHeaderMalformed',
    ])
    await assert.rejects(
      client.send(new s3.GetBucketVersioningCommand({ Bucket: BUCKET })),
      failure('NotImplemented', 501),
    )
    await assert.rejects(
      client.send(new s3.CreateMultipartUploadCommand({ Bucket: BUCKET, Key: 'm' })),
      failure('NotImplemented', 501),
    )
  })

  test('understands a request that a proxy passed on with its whole address', async () => {
    await put('proxied', 'through a proxy')
    const url = new URL(await presign('GET', 'proxied'))
    const asked = request({ port: url.port, host: '127.0.0.1', path: url.href, headers: { host: url.host } })
    asked.end()
    const [reply] = (await once(asked, 'response')) as [IncomingMessage]
    assert.equal(await streamText(reply), 'through a proxy')
  })

  test('shows an object to everybody only when it was made public', async () => {
    await put('page.html', 'open', { ACL: 'public-read', ContentType: 'text/html' })
    const address = `${spaces.endpoint}/${BUCKET}/page.html`
    assert.equal(await (await fetch(address)).text(), 'open')
    await put('page.html', 'closed')
    assert.equal((await fetch(address)).status, 403)
  })

  test('lets pages of the site in, and no other origin, until the rules are changed', async () => {
    const ask = async (origin: string, method = 'GET') =>
      fetch(await presign(method, 'signed'), {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'content-type' },
      })
    const allowed = await ask(SITE, 'PUT')
    assert.deepEqual([allowed.status, allowed.headers.get('access-control-allow-origin')], [200, SITE])
    assert.equal((await ask('http://evil.example')).status, 403)
    assert.equal((await ask(SITE, 'DELETE')).status, 403)
    const read = await fetch(await presign('GET', 'signed'), { headers: { origin: SITE } })
    assert.equal(read.headers.get('access-control-allow-origin'), SITE)
    assert.equal(
      (await fetch(`${spaces.endpoint}/${BUCKET}/signed`, { headers: { origin: SITE } })).headers.get(
        'access-control-allow-origin',
      ),
      SITE,
    )

    const rule = { AllowedOrigins: ['https://app.example'], AllowedMethods: ['GET'], ExposeHeaders: ['ETag'] }
    await client.send(new s3.PutBucketCorsCommand({ Bucket: BUCKET, CORSConfiguration: { CORSRules: [rule] } }))
    assert.equal((await ask('https://app.example')).status, 200)
    assert.equal((await ask(SITE)).status, 403)
    const { CORSRules } = await client.send(new s3.GetBucketCorsCommand({ Bucket: BUCKET }))
    assert.deepEqual(CORSRules, [rule])
    await client.send(new s3.DeleteBucketCorsCommand({ Bucket: BUCKET }))
    assert.equal((await ask(SITE)).status, 200)
  })

  test('an upload that is cut off in the middle leaves nothing behind', async () => {
    await put('cut', 'whole')
    const url = new URL(await presign('PUT', 'cut'))
    const upload = request(url, { method: 'PUT', headers: { 'content-length': 100_000 } })
    upload.on('error', () => undefined)
    upload.write(randomBytes(50_000))
    const drafts = join(dataDir, 'buckets', BUCKET, 'drafts')
    await until(async () => (await readdir(drafts)).length === 1)
    upload.destroy()
    await until(async () => (await readdir(drafts)).length === 0)
    assert.equal(await text('cut'), 'whole')
  })

  test('a reader gets one version whole while a writer replaces it', async () => {
    const versions = ['a', 'b'].map((letter) => letter.repeat(400_000))
    await put('swap', versions[0] ?? '')
    const writes = Array.from({ length: 10 }, (_, turn) => put('swap', versions[turn % 2] ?? ''))
    const reads = Array.from({ length: 20 }, () => text('swap'))
    for (const seen of await Promise.all(reads)) assert.ok(versions.includes(seen ?? ''))
    await Promise.all(writes)
  })
})

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 30_000
  while (!(await holds())) assert.ok(Date.now() < deadline, 'it never came to pass')
}

const program = `
  import { startSpaces } from ${JSON.stringify(new URL('../../local/spaces/index.ts', import.meta.url).href)}
  const key = ${JSON.stringify(KEY)}
  const spaces = await startSpaces({ ...key, dataDir: process.argv[1], port: 0, buckets: ['projects'], corsOrigins: [] })
  console.log(spaces.endpoint)`

test('objects, what is public and the CORS rules survive kill -9', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'everjust-spaces-'))
  t.after(() => rm(dataDir, { recursive: true }))
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const first = sdk(line.toString().trim())
  await first.send(
    new s3.PutObjectCommand({ Bucket: BUCKET, Key: 'kept', Body: 'kept', ACL: 'public-read', Metadata: { a: 'b' } }),
  )
  const rule = { AllowedOrigins: [SITE], AllowedMethods: ['GET'] }
  await first.send(new s3.PutBucketCorsCommand({ Bucket: BUCKET, CORSConfiguration: { CORSRules: [rule] } }))
  child.kill('SIGKILL')
  await once(child, 'exit')

  const spaces = await startSpaces({ ...KEY, dataDir, port: 0, buckets: [BUCKET], corsOrigins: [] })
  t.after(() => spaces.stop())
  const open = await fetch(`${spaces.endpoint}/${BUCKET}/kept`, { headers: { origin: SITE } })
  assert.equal(await open.text(), 'kept')
  assert.equal(open.headers.get('x-amz-meta-a'), 'b')
  assert.equal(open.headers.get('access-control-allow-origin'), SITE)
})
