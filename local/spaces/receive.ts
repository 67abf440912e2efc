import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { crc32 } from 'node:zlib'
import { unframe, type Trailers } from './chunked.ts'
import { Failure } from './failure.ts'

export type Received = { size: number; md5: string }

type Digests = { size: number; crc32: string; md5: Buffer; sha1: Buffer; sha256: Buffer }

const LARGEST = 5 * 1024 ** 3
const UNCHECKED = ['x-amz-checksum-crc32c', 'x-amz-checksum-crc64nvme']

/**
 * Takes a request's body into `write` and checks every digest that came with it (header, presigned query or trailer).
 * Throws BadDigest, XAmzContentSHA256Mismatch or IncompleteBody; what was written until then is to be thrown away.
 */
export const receive = async (
  request: IncomingMessage,
  query: URLSearchParams,
  write: (part: Buffer) => Promise<unknown>,
): Promise<Received> => {
  const { headers } = request
  const trailers: Trailers = new Map()
  const framed = String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')
  const source: AsyncIterable<Buffer> = request
  const digests = await digest(framed ? unframe(source, trailers) : source, write)
  const given = (name: string) => String(headers[name] ?? query.get(name) ?? trailers.get(name) ?? '')
  if (UNCHECKED.some(given)) throw new Failure('NotImplemented')
  check(given, headers, digests)
  return { size: digests.size, md5: digests.md5.toString('hex') }
}

const digest = async (source: AsyncIterable<Buffer>, write: (part: Buffer) => Promise<unknown>): Promise<Digests> => {
  const hashes = { md5: createHash('md5'), sha1: createHash('sha1'), sha256: createHash('sha256') }
  let size = 0
  let crc = 0
  for await (const part of source) {
    size += part.length
    if (size > LARGEST) throw new Failure('EntityTooLarge')
    crc = crc32(part, crc)
    for (const hash of Object.values(hashes)) hash.update(part)
    await write(part)
  }
  const word = Buffer.alloc(4)
  word.writeUInt32BE(crc)
  const { md5, sha1, sha256 } = hashes
  return { size, crc32: word.toString('base64'), md5: md5.digest(), sha1: sha1.digest(), sha256: sha256.digest() }
}

const check = (given: (name: string) => string, headers: IncomingHttpHeaders, digests: Digests): void => {
  const expected: [string, string][] = [
    [given('x-amz-checksum-crc32'), digests.crc32],
    [given('x-amz-checksum-sha1'), digests.sha1.toString('base64')],
    [given('x-amz-checksum-sha256'), digests.sha256.toString('base64')],
  ]
  if (expected.some(([wanted, got]) => wanted !== '' && wanted !== got)) throw new Failure('BadDigest')
  const md5 = given('content-md5')
  if (md5 && Buffer.from(md5, 'base64').length !== 16) throw new Failure('InvalidDigest')
  if (md5 && md5 !== digests.md5.toString('base64')) throw new Failure('BadDigest')
  const sha256 = String(headers['x-amz-content-sha256'] ?? '')
  if (/^[0-9a-f]{64}$/.test(sha256) && sha256 !== digests.sha256.toString('hex')) {
    throw new Failure('XAmzContentSHA256Mismatch')
  }
}

/** A small body as text, checked like any other. */
export const receiveText = async (request: IncomingMessage, query: URLSearchParams): Promise<string> => {
  const parts: Buffer[] = []
  let size = 0
  await receive(request, query, async (part) => {
    size += part.length
    if (size > 2_000_000) throw new Failure('EntityTooLarge')
    parts.push(part)
  })
  return Buffer.concat(parts).toString('utf8')
}

/** Takes a body into an open file. */
export const receiveFile = async (
  request: IncomingMessage,
  query: URLSearchParams,
  file: FileHandle,
): Promise<Received> => receive(request, query, (part) => file.writeFile(part))
