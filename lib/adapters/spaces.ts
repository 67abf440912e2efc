import { AwsClient } from 'aws4fetch'
import type { Secret } from '../config.ts'
import { Fault } from '../ports/fault.ts'
import type { ObjectStore } from '../ports/object-store.ts'

interface Account {
  endpoint: string
  region: string
  bucket: string
  key: Secret
  secret: Secret
}

const deadlineMs = 10_000

/** Objects in Spaces or any S3. Virtual-hosted at a vendor, path-style at a plain http host, where no bucket has a name of its own. */
export function openSpaces({ endpoint, region, bucket, key, secret }: Account): ObjectStore {
  const client = new AwsClient({
    accessKeyId: key.reveal(),
    secretAccessKey: secret.reveal(),
    service: 's3',
    region,
    retries: 0,
  })
  const bucketUrl = urlOf(endpoint, bucket)
  const at = (objectKey: string) => new URL(`${bucketUrl}/${objectKey.split('/').map(encodeURIComponent).join('/')}`)

  async function ask(doing: string, url: URL, request: RequestInit & { expect: readonly number[] }): Promise<Response> {
    const { expect, ...init } = request
    try {
      const signed = await client.sign(url.href, { ...init, aws: { service: 's3' } })
      const answer = await fetch(signed, { signal: AbortSignal.timeout(deadlineMs) })
      if (expect.includes(answer.status)) return answer
      await answer.body?.cancel()
      throw new Fault('spaces', doing, { retryable: answer.status >= 500 || answer.status === 429 })
    } catch (cause) {
      throw cause instanceof Fault ? cause : new Fault('spaces', doing, { retryable: true, cause })
    }
  }

  const presign = async (url: URL, seconds: number, init: RequestInit) => {
    url.searchParams.set('X-Amz-Expires', String(seconds))
    const { url: signed } = await client.sign(url.href, { ...init, aws: { service: 's3', signQuery: true } })
    return signed
  }

  return {
    async put(objectKey, body, contentType) {
      const headers = { 'content-type': contentType }
      await ask('storing an object', at(objectKey), { method: 'PUT', body, headers, expect: [200] })
    },

    async get(objectKey) {
      const answer = await ask('reading an object', at(objectKey), { expect: [200, 404] })
      if (answer.status === 200) return bytesOf(answer)
      await answer.body?.cancel()
      return undefined
    },

    async list(prefix) {
      const url = new URL(`${bucketUrl}/`)
      url.search = String(new URLSearchParams({ 'list-type': '2', 'encoding-type': 'url', prefix }))
      return keysOf(await (await ask('listing objects', url, { expect: [200] })).text())
    },

    async remove(objectKey) {
      await ask('removing an object', at(objectKey), { method: 'DELETE', expect: [200, 204, 404] })
    },

    signGet(objectKey, { seconds, contentType, fileName }) {
      const url = at(objectKey)
      if (contentType) url.searchParams.set('response-content-type', contentType)
      if (fileName) url.searchParams.set('response-content-disposition', attachment(fileName))
      return presign(url, seconds, { method: 'GET' })
    },

    async signPut(objectKey, { seconds, sha256 }) {
      const headers: Record<string, string> = sha256 ? { 'x-amz-content-sha256': sha256 } : {}
      return { url: await presign(at(objectKey), seconds, { method: 'PUT', headers }), headers }
    },
  }
}

function urlOf(endpoint: string, bucket: string): string {
  const url = new URL(endpoint)
  if (url.protocol === 'http:') return `${url.origin}/${bucket}`
  return `https://${bucket}.${url.host}`
}

async function bytesOf(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await answer.arrayBuffer())
  } catch (cause) {
    throw new Fault('spaces', 'reading an object', { retryable: true, cause })
  }
}

/** Keys of a ListObjectsV2 answer; they are percent-encoded on request, so nothing in them can be mistaken for markup. */
function keysOf(xml: string): string[] {
  return [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => decodeURIComponent(key.replaceAll('+', ' ')))
}

const attachment = (fileName: string) => `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`
