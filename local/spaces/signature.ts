import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Failure } from './failure.ts'

export type Signed = { method: string; path: string; query: URLSearchParams; headers: IncomingHttpHeaders }
export type Key = { accessKey: string; secretKey: string }

type Claim = { credential: string; signedHeaders: string; signature: string; date: string; payload: string }

const SKEW_MS = 15 * 60_000
const LONGEST_SECONDS = 7 * 86_400

/**
 * Checks a request's AWS Signature Version 4, in its header or presigned in its query. Answers false for an anonymous
 * request; throws the S3 failure for a wrong, late or foreign one.
 */
export const isSigned = (request: Signed, key: Key, now: number): boolean => {
  const presigned = request.query.has('X-Amz-Signature')
  const claim = presigned ? claimOfQuery(request) : claimOfHeader(request)
  if (!claim) return false
  const [accessKey, day, region, service, end] = claim.credential.split('/')
  const scope = [day, region, service, end].join('/')
  if (!day || !region || service !== 's3' || end !== 'aws4_request' || !claim.date.startsWith(day)) {
    throw new Failure('AuthorizationHeaderMalformed')
  }
  if (accessKey !== key.accessKey) throw new Failure('InvalidAccessKeyId')
  if (presigned) checkLife(request.query, claim.date, now)
  else if (!(Math.abs(now - instant(claim.date)) <= SKEW_MS)) throw new Failure('RequestTimeTooSkewed')
  checkCoverage(request.headers, claim.signedHeaders.split(';'))

  const text = ['AWS4-HMAC-SHA256', claim.date, scope, sha256(canonical(request, claim))].join('\n')
  const derived = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${key.secretKey}`)
  if (!same(hmac(derived, text).toString('hex'), claim.signature)) throw new Failure('SignatureDoesNotMatch')
  return true
}

const claimOfQuery = ({ query, headers }: Signed): Claim => {
  const need = (name: string) => query.get(name) ?? ''
  if (need('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') throw new Failure('AuthorizationHeaderMalformed')
  return {
    credential: need('X-Amz-Credential'),
    signedHeaders: need('X-Amz-SignedHeaders'),
    signature: need('X-Amz-Signature'),
    date: need('X-Amz-Date'),
    payload: one(headers['x-amz-content-sha256']) || query.get('X-Amz-Content-Sha256') || 'UNSIGNED-PAYLOAD',
  }
}

const claimOfHeader = ({ headers }: Signed): Claim | undefined => {
  if (!headers.authorization) return undefined
  const form = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)$/
  const [, credential, signedHeaders, signature] = form.exec(headers.authorization) ?? []
  if (!credential || !signedHeaders || !signature) throw new Failure('AuthorizationHeaderMalformed')
  const payload = one(headers['x-amz-content-sha256'])
  return { credential, signedHeaders, signature, date: one(headers['x-amz-date']), payload }
}

const checkLife = (query: URLSearchParams, date: string, now: number): void => {
  const seconds = Number(query.get('X-Amz-Expires'))
  if (!(seconds >= 1 && seconds <= LONGEST_SECONDS)) throw new Failure('AuthorizationQueryParametersError')
  const from = instant(date)
  if (!(now >= from - SKEW_MS)) throw new Failure('AccessDenied', 'Request is not valid yet')
  if (now > from + seconds * 1000) throw new Failure('AccessDenied', 'Request has expired')
}

// What an intermediary could add changes meaning, so the host and all of Amazon's own headers must be signed.
const checkCoverage = (headers: IncomingHttpHeaders, signed: string[]): void => {
  const needed = Object.keys(headers).filter((name) => name.startsWith('x-amz-'))
  if (!['host', ...needed].every((name) => signed.includes(name))) {
    throw new Failure('AccessDenied', 'There were headers present in the request which were not signed')
  }
}

const canonical = ({ method, path, query, headers }: Signed, { signedHeaders, payload }: Claim): string => {
  const pairs = [...query].filter(([name]) => name !== 'X-Amz-Signature')
  const encoded = pairs.map(([name, value]) => [encode(name), encode(value)] as const)
  const ordered = encoded.sort(([a, x], [b, y]) => order(a, b) || order(x, y)).map((pair) => pair.join('='))
  const lines = signedHeaders.split(';').map((name) => `${name}:${one(headers[name]).trim().replace(/\s+/g, ' ')}\n`)
  const segments = path.split('/').map((segment) => encode(decodeURIComponent(segment)))
  return [method, segments.join('/'), ordered.join('&'), lines.join(''), signedHeaders, payload].join('\n')
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value.join(',') : (value ?? ''))

const instant = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
