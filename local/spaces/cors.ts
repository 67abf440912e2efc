import { readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import * as z from 'zod'
import { document, Failure, texts } from './failure.ts'
import type { Bucket } from './store.ts'

const rules = z.array(
  z.object({ origins: z.array(z.string()), methods: z.array(z.string()), exposed: z.array(z.string()) }),
)

type Rules = z.infer<typeof rules>

/** The rules every bucket begins with: these origins may read and upload by presigned address. */
export const rulesFor = (origins: string[]): Rules =>
  origins.length ? [{ origins, methods: ['GET', 'HEAD', 'PUT'], exposed: ['ETag'] }] : []

/** The CORS headers a request gets from its bucket's rules; undefined when no rule lets this origin in. */
export const corsHeaders = (request: IncomingMessage, given: Rules): Record<string, string> | undefined => {
  const { origin } = request.headers
  if (!origin) return undefined
  const method = String(request.headers['access-control-request-method'] ?? request.method)
  const allows = (list: string[]) => list.includes('*') || list.includes(origin)
  const rule = given.find(({ origins, methods }) => allows(origins) && methods.includes(method))
  if (!rule) return undefined
  return {
    'access-control-allow-origin': rule.origins.includes('*') ? '*' : origin,
    'access-control-allow-methods': rule.methods.join(', '),
    'access-control-allow-headers': String(request.headers['access-control-request-headers'] ?? '*'),
    'access-control-expose-headers': rule.exposed.join(', '),
    'access-control-max-age': '600',
    vary: 'Origin',
  }
}

/** Rules of a bucket: those put there by PutBucketCors (kept on disk), else those it began with. */
export const readRules = (bucket: Bucket, initial: Rules): Rules => {
  try {
    return rules.parse(JSON.parse(readFileSync(bucket.corsFile, 'utf8')))
  } catch {
    return initial
  }
}

/** Keeps the rules of a PutBucketCors document. */
export const putRules = (bucket: Bucket, xml: string): void => {
  const parts = [...xml.matchAll(/<CORSRule>([\s\S]*?)<\/CORSRule>/g)].map(([, rule = '']) => rule)
  if (parts.length === 0) throw new Failure('MalformedXML')
  const parsed = parts.map((rule) => ({
    origins: texts(rule, 'AllowedOrigin'),
    methods: texts(rule, 'AllowedMethod'),
    exposed: texts(rule, 'ExposeHeader'),
  }))
  bucket.save(bucket.corsFile, parsed)
}

export const dropRules = (bucket: Bucket): void => rmSync(bucket.corsFile, { force: true })

/** The rules as GetBucketCors words them. */
export const rulesXml = (given: Rules): string => {
  if (given.length === 0) throw new Failure('NoSuchCORSConfiguration')
  const list = (name: string, values: string[]) => values.map((value) => `<${name}>${value}</${name}>`).join('')
  const one = ({ origins, methods, exposed }: Rules[number]) =>
    `<CORSRule>${list('AllowedOrigin', origins)}${list('AllowedMethod', methods)}${list('ExposeHeader', exposed)}</CORSRule>`
  return document(`<CORSConfiguration>${given.map(one).join('')}</CORSConfiguration>`)
}
