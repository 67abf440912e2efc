import type { ActivationResponse } from './activation-records.ts'
import { isJson, isText, mediaTypeOf } from './media-types.ts'
import { answerJson, answerRefusal, invalidMedia, refusals } from './refusal.ts'
import type { Answer } from './refusal.ts'

export type Extension = keyof typeof encoders

/** Splits `name.json` into the function's name and the way its result is to be shown; `.http` when none is named. */
export function splitExtension(segment: string): { name: string; extension: Extension } {
  const extension = extensions.find((candidate) => segment.endsWith(`.${candidate}`))
  if (!extension) return { name: segment, extension: 'http' }
  return { name: segment.slice(0, -extension.length - 1), extension }
}

/** Turns what a function gave back into an HTTP answer. */
export function webAnswer(response: ActivationResponse, extension: Extension): Answer {
  if (response.status === 'developer error') return answerRefusal(refusals.failed)
  // A function that threw, or answered with an error, is shown as that error alone.
  return encoders[extension](response.success ? response.result : fieldsOf(response.result)?.['error'])
}

const encoders = {
  http: encodeHttp,
  json: encodeJson,
  html: (result: unknown) => encodeNamed(result, 'html', 'text/html; charset=UTF-8'),
  svg: (result: unknown) => encodeNamed(result, 'svg', 'image/svg+xml'),
  text: encodeText,
}
const extensions = Object.keys(encoders) as Extension[]

type Fields = Record<string, unknown>

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

function encodeJson(result: unknown): Answer {
  if (typeof result === 'object' && result !== null) return answerJson(200, result)
  return answerRefusal(invalidMedia('application/json'))
}

function encodeNamed(result: unknown, name: string, contentType: string): Answer {
  const fields = fieldsOf(result)
  const body = fields ? (fields['body'] ?? fields[name]) : result
  if (typeof body !== 'string') return answerRefusal(invalidMedia(mediaTypeOf(contentType)))
  return { status: 200, headers: [['content-type', contentType]], body }
}

function encodeText(result: unknown): Answer {
  const fields = fieldsOf(result)
  const body = fields ? (fields['body'] ?? fields['text']) : result
  if (body === undefined) return answerRefusal(refusals.propertyNotFound)
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2)
  return { status: 200, headers: [['content-type', 'text/plain; charset=UTF-8']], body: text }
}

function encodeHttp(result: unknown): Answer {
  const fields = fieldsOf(result)
  const headers = fields && flattenHeaders(fields['headers'] ?? {})
  const status = fields && statusOf(fields['statusCode'])
  if (!fields || !headers || status === null) return answerRefusal(invalidMedia('message/http'))
  const contentType = headers.find(([name]) => name === 'content-type')?.[1]
  const others = headers.filter(([name]) => name !== 'content-type')
  const { body } = fields
  if (body === undefined || body === null || body === '') return { status: status ?? 204, headers: others, body: '' }
  const encoded = typeof body === 'string' ? encodeString(body, contentType) : encodeValue(body, contentType)
  if (!encoded) return answerRefusal(refusals.contentMismatch)
  return { status: status ?? 200, headers: [['content-type', encoded.type], ...others], body: encoded.body }
}

/** Undefined when the function does not say; null when what it says is no status. */
function statusOf(value: unknown): number | undefined | null {
  if (value === undefined) return undefined
  const code = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof code === 'number' && Number.isInteger(code) && code >= 200 && code <= 599 ? code : null
}

function flattenHeaders(value: unknown): [string, string][] | undefined {
  const fields = fieldsOf(value)
  if (!fields) return undefined
  const pairs = Object.entries(fields).flatMap(([name, content]) => [content].flat(8).map((one) => ({ name, one })))
  if (pairs.some(({ one }) => !['string', 'number', 'boolean'].includes(typeof one))) return undefined
  return pairs.map(({ name, one }) => [name.toLowerCase(), String(one)])
}

type Encoded = { type: string; body: string | Buffer }

function encodeValue(body: unknown, contentType = 'application/json'): Encoded | undefined {
  return isJson(mediaTypeOf(contentType)) ? { type: contentType, body: JSON.stringify(body) } : undefined
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** A string is text or base64, by its type; a JSON string that looks like base64 is taken for it. */
function encodeString(body: string, contentType = 'text/html; charset=UTF-8'): Encoded | undefined {
  const looksEncoded = base64.test(body)
  if (!isText(contentType)) return looksEncoded ? { type: contentType, body: Buffer.from(body, 'base64') } : undefined
  if (isJson(mediaTypeOf(contentType)) && looksEncoded) return { type: contentType, body: Buffer.from(body, 'base64') }
  return { type: contentType, body }
}
