import { isJson, isText, mediaTypeOf } from './media-types.ts'
import type { FunctionSpec } from './project-file.ts'
import { refusals } from './refusal.ts'
import type { Refusal } from './refusal.ts'

export type WebRequest = {
  method: string
  headers: Record<string, string>
  /** What follows the function's name, as it was sent; empty when nothing does. */
  path: string
  /** Without the question mark. */
  query: string
  body: Buffer
}

type Fields = Record<string, unknown>

/** Makes the event of a web request: the whole request when the function is raw, else its merged parameters. */
export function webEvent(spec: FunctionSpec, request: WebRequest): { event: Fields } | { refused: Refusal } {
  return spec.web === 'raw' ? { event: rawEvent(spec, request) } : parsedEvent(spec, request)
}

function rawEvent(spec: FunctionSpec, request: WebRequest): Fields {
  const { method, headers, path, query, body } = request
  const isBase64Encoded = body.length > 0 && isSentAsBase64(headers['content-type'] ?? '')
  const text = body.toString(isBase64Encoded ? 'base64' : 'utf8')
  return { ...spec.parameters, http: { headers, method, path, body: text, isBase64Encoded, queryString: query } }
}

/** JSON is sent as base64 too: an old habit of the platform that functions must live with. */
function isSentAsBase64(contentType: string): boolean {
  return mediaTypeOf(contentType) === 'application/json' || !isText(contentType)
}

function parsedEvent(spec: FunctionSpec, request: WebRequest): { event: Fields } | { refused: Refusal } {
  const { method, headers, path, query } = request
  const sent = bodyFields(request)
  if (sent === undefined) return { refused: refusals.malformed }
  const asked = { ...Object.fromEntries(new URLSearchParams(query)), ...sent.fields }
  if (Object.keys(asked).some((name) => isReserved(spec, name))) return { refused: refusals.reserved }
  return { event: { ...spec.parameters, ...asked, ...sent.opaque, http: { headers, method, path } } }
}

const reservedNames = ['http', '__ow_method', '__ow_headers', '__ow_path', '__ow_user', '__ow_query', '__ow_body']

/** Parameters and variables bound in project.yml are final: nobody outside may give them another value. */
export function isBound(spec: FunctionSpec, name: string): boolean {
  return Object.hasOwn(spec.parameters, name) || Object.hasOwn(spec.environment, name)
}

function isReserved(spec: FunctionSpec, name: string): boolean {
  return reservedNames.includes(name) || isBound(spec, name)
}

/** The body as named fields, or as one opaque value; undefined when it is not what its type says. */
function bodyFields({ headers, body }: WebRequest): { fields: Fields; opaque: Fields } | undefined {
  const contentType = headers['content-type'] ?? ''
  const mediaType = mediaTypeOf(contentType)
  if (body.length === 0) return { fields: {}, opaque: {} }
  if (mediaType === 'application/x-www-form-urlencoded') {
    return { fields: Object.fromEntries(new URLSearchParams(body.toString('utf8'))), opaque: {} }
  }
  if (isJson(mediaType)) return jsonFields(body.toString('utf8'))
  return { fields: {}, opaque: { __ow_body: body.toString(isText(contentType) ? 'utf8' : 'base64') } }
}

function jsonFields(text: string): { fields: Fields; opaque: Fields } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? { fields: value as Fields, opaque: {} } : { fields: {}, opaque: { __ow_body: value } }
  } catch {
    return undefined
  }
}
