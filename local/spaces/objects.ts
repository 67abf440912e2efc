import { createReadStream, openSync } from 'node:fs'
import { copyFile, open, rm } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { sendEmpty, sendXml, type Call } from './call.ts'
import { document, escape, Failure } from './failure.ts'
import { receiveFile } from './receive.ts'
import type { Bucket, Entry } from './store.ts'

const KEPT = ['content-type', 'cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires']

/** PutObject and CopyObject: staged in a draft, checked, then there at once. `If-None-Match: *` → 412 when taken. */
export const putObject = async (call: Call): Promise<void> => {
  if (Buffer.byteLength(call.key) > 1024) throw new Failure('KeyTooLongError')
  const bucket = call.store.bucket(call.bucket)
  refuseTaken(bucket, call)
  const draft = bucket.draft()
  try {
    if (call.request.headers['x-amz-copy-source']) await copyObject(call, bucket, draft)
    else await uploadObject(call, bucket, draft)
  } finally {
    await rm(draft, { force: true })
  }
}

const uploadObject = async (call: Call, bucket: Bucket, draft: string): Promise<void> => {
  const file = await open(draft, 'wx')
  const { size, md5 } = await receiveFile(call.request, call.query, file).finally(() => file.close())
  const etag = `"${md5}"`
  const { headers } = call.request
  // Asked again: somebody else may have taken the key while this body was on its way.
  refuseTaken(bucket, call)
  const isPublic = headers['x-amz-acl'] === 'public-read'
  const rest = { modified: new Date().toISOString(), public: isPublic, headers: keptHeaders(headers) }
  bucket.commit(draft, { key: call.key, size, etag, ...rest })
  sendEmpty(call.response, 200, { etag })
}

const copyObject = async (call: Call, bucket: Bucket, draft: string): Promise<void> => {
  const { headers } = call.request
  const source = decodeURIComponent(String(headers['x-amz-copy-source'])).replace(/^\//, '')
  const slash = source.indexOf('/')
  const from = call.store.bucket(source.slice(0, slash))
  const entry = find(from, source.slice(slash + 1))
  await copyFile(from.bytesOf(entry), draft)
  const modified = new Date().toISOString()
  const replaced = headers['x-amz-metadata-directive'] === 'REPLACE' ? { headers: keptHeaders(headers) } : {}
  const isPublic = headers['x-amz-acl'] === 'public-read'
  bucket.commit(draft, { ...entry, ...replaced, key: call.key, modified, public: isPublic })
  const result = `<ETag>${escape(entry.etag)}</ETag><LastModified>${modified}</LastModified>`
  sendXml(call.response, 200, document(`<CopyObjectResult>${result}</CopyObjectResult>`))
}

/** GetObject and HeadObject, with ranges, conditions and the `response-*` overrides of a presigned address. */
export const getObject = async ({ request, response, store, query, bucket: name, key }: Call): Promise<void> => {
  const bucket = store.bucket(name)
  const entry = find(bucket, key)
  const { headers } = request
  if (headers['if-match'] && !matches(headers['if-match'], entry)) throw new Failure('PreconditionFailed')
  if (headers['if-none-match'] && matches(headers['if-none-match'], entry)) {
    return sendEmpty(response, 304, { etag: entry.etag })
  }
  const range = rangeOf(headers.range, entry.size)
  const silent = request.method === 'HEAD' || entry.size === 0
  // Opened in the same moment it was found: a writer may replace the object from now on.
  const fd = silent ? -1 : openSync(bucket.bytesOf(entry), 'r')
  const length = range ? range.end - range.start + 1 : entry.size
  response.writeHead(range ? 206 : 200, {
    'content-type': 'application/octet-stream',
    ...entry.headers,
    ...overrides(query),
    ...(range ? { 'content-range': `bytes ${range.start}-${range.end}/${entry.size}` } : {}),
    'content-length': length,
    'accept-ranges': 'bytes',
    etag: entry.etag,
    'last-modified': new Date(entry.modified).toUTCString(),
  })
  if (silent) return void response.end()
  await pipeline(createReadStream('', { fd, ...range }), response).catch(() => response.destroy())
}

/** DeleteObject: what is not there counts as deleted. */
export const deleteObject = async ({ response, store, bucket, key }: Call): Promise<void> => {
  store.bucket(bucket).remove(key)
  sendEmpty(response, 204)
}

const find = (bucket: Bucket, key: string): Entry => {
  const entry = bucket.entries.get(key)
  if (!entry) throw new Failure('NoSuchKey')
  return entry
}

const refuseTaken = (bucket: Bucket, { request: { headers }, key }: Call): void => {
  const present = bucket.entries.get(key)
  const taken = headers['if-none-match'] === '*' && present
  const stale = headers['if-match'] && (!present || !matches(headers['if-match'], present))
  if (taken || stale) throw new Failure('PreconditionFailed')
}

const matches = (condition: string, { etag }: Entry): boolean =>
  condition === '*' || condition.split(',').some((tag) => tag.trim().replaceAll('"', '') === etag.replaceAll('"', ''))

const keptHeaders = (headers: IncomingHttpHeaders): Record<string, string> => {
  const kept = Object.entries(headers).filter(([name]) => KEPT.includes(name) || name.startsWith('x-amz-meta-'))
  const plain = kept.map(([name, value]) => [name, String(value)] as const)
  // `aws-chunked` describes the upload, not the object.
  const ofObject = plain.map(([name, value]) => [name, value.replace(/^aws-chunked,?\s*/, '')] as const)
  return Object.fromEntries(ofObject.filter(([, value]) => value !== ''))
}

const overrides = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries(
    [...query].filter(([name]) => name.startsWith('response-')).map(([name, value]) => [name.slice(9), value]),
  )

const rangeOf = (header: string | undefined, size: number): { start: number; end: number } | undefined => {
  const [, first, final] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (!first && !final) return undefined
  const start = first ? Number(first) : Math.max(0, size - Number(final))
  const end = first && final ? Math.min(Number(final), size - 1) : size - 1
  if (start > end) throw new Failure('InvalidRange')
  return { start, end }
}
