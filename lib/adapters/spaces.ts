import { AwsClient } from 'aws4fetch'
import type { Secret } from '../config.ts'
import { Fault } from '../ports/fault.ts'
import { mostRead, type ObjectStore } from '../ports/object-store.ts'

interface Account {
  endpoint: string
  region: string
  bucket: string
  key: Secret
  secret: Secret
}

const deadlineMs = 10_000

/** Objects in Spaces or any S3. Virtual-hosted at a vendor, path-style at a plain http host, where no bucket has a name of its own. */
export function openSpaces(account: Account): ObjectStore {
  const { at, sourceOf, ask, presign } = openBucket(account)
  return {
    async put(key, body, contentType) {
      const headers = { 'content-type': contentType }
      await ask('storing an object', at(key), { method: 'PUT', body, headers, expect: [200] })
    },

    async get(key, most = mostRead) {
      const answer = await ask('reading an object', at(key), { expect: [200, 404] })
      if (answer.status === 200 && Number(answer.headers.get('content-length') ?? 0) <= most)
        return bytesOf(answer, most)
      await answer.body?.cancel()
      return undefined
    },

    async copy(from, to) {
      const headers = { 'x-amz-copy-source': sourceOf(from) }
      const answer = await ask('copying an object', at(to), { method: 'PUT', headers, expect: [200] })
      refuseFailedCopy(await answer.text())
    },

    async list(prefix, after) {
      return keysOf(await (await ask('listing objects', pageOf(at(''), { prefix, after }), { expect: [200] })).text())
    },

    async remove(key) {
      await ask('removing an object', at(key), { method: 'DELETE', expect: [200, 204, 404] })
    },

    signGet(key, { seconds, contentType, fileName }) {
      const url = at(key)
      if (contentType) url.searchParams.set('response-content-type', contentType)
      if (fileName) url.searchParams.set('response-content-disposition', attachment(fileName))
      return presign(url, seconds, { method: 'GET' })
    },

    async signPut(key, { seconds, sha256 }) {
      const headers: Record<string, string> = sha256 ? { 'x-amz-content-sha256': sha256 } : {}
      return { url: await presign(at(key), seconds, { method: 'PUT', headers }), headers }
    },
  }
}

/** Signed requests and signed addresses of one bucket. */
function openBucket({ endpoint, region, bucket, key, secret }: Account) {
  const client = new AwsClient({
    accessKeyId: key.reveal(),
    secretAccessKey: secret.reveal(),
    service: 's3',
    region,
    retries: 0,
  })
  const address = bucketUrl(endpoint, bucket)
  const path = (objectKey: string) => objectKey.split('/').map(encodeURIComponent).join('/')
  return {
    at: (objectKey: string) => new URL(`${address}/${path(objectKey)}`),
    sourceOf: (objectKey: string) => `/${bucket}/${path(objectKey)}`,

    async ask(doing: string, url: URL, { expect, ...init }: RequestInit & { expect: number[] }): Promise<Response> {
      try {
        const signed = await client.sign(url.href, init)
        const answer = await fetch(signed, { signal: AbortSignal.timeout(deadlineMs) })
        if (expect.includes(answer.status)) return answer
        const cause = new Error(`status ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
        throw new Fault('spaces', doing, { retryable: answer.status >= 500 || answer.status === 429, cause })
      } catch (cause) {
        throw cause instanceof Fault ? cause : new Fault('spaces', doing, { retryable: true, cause })
      }
    },

    async presign(url: URL, seconds: number, init: RequestInit): Promise<string> {
      url.searchParams.set('X-Amz-Expires', String(seconds))
      return (await client.sign(url.href, { ...init, aws: { signQuery: true } })).url
    },
  }
}

/** Where the objects of a bucket begin. */
export function bucketUrl(endpoint: string, bucket: string): string {
  const url = new URL(endpoint)
  return url.protocol === 'http:' ? `${url.origin}/${bucket}` : `https://${bucket}.${url.host}`
}

async function bytesOf({ body }: Response, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
      size += part.byteLength
      if (size > most) return undefined
      parts.push(part)
    }
    return new Uint8Array(Buffer.concat(parts, size))
  } catch (cause) {
    throw new Fault('spaces', 'reading an object', { retryable: true, cause })
  }
}

/** S3 says 200 before it has copied, and what went wrong after that in the body. */
function refuseFailedCopy(xml: string): void {
  if (!xml.includes('<Error>')) return
  throw new Fault('spaces', 'copying an object', { retryable: true, cause: new Error(xml.slice(0, 300)) })
}

function pageOf(url: URL, { prefix, after }: { prefix: string; after: string | undefined }): URL {
  const start = after === undefined ? {} : { 'start-after': after }
  url.search = String(new URLSearchParams({ 'list-type': '2', 'encoding-type': 'url', prefix, ...start }))
  return url
}

/** Keys of a ListObjectsV2 answer; they are percent-encoded on request, so nothing in them can be mistaken for markup. */
function keysOf(xml: string): string[] {
  return [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => decodeURIComponent(key.replaceAll('+', ' ')))
}

const attachment = (fileName: string) => `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`
