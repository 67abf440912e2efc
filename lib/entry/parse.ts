import * as z from 'zod/mini'
import en from 'zod/v4/locales/en.js'
import type { Call } from './event.ts'
import { Problem } from './problem.ts'

// The small build of zod has no words for what is wrong unless they are given.
z.config(en())

/** The value in the shape of the schema, or `invalid_request` naming each place that is off. */
export function parse<S extends z.ZodMiniType>(schema: S | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined
  const outcome = schema.safeParse(value)
  if (outcome.success) return outcome.data
  const issues = outcome.error.issues.map(({ path, message }) => ({ at: [where, ...path].join('.'), message }))
  const first = issues[0]
  throw new Problem('invalid_request', { issues, ...(first ? { detail: `${first.at}: ${first.message}` } : {}) })
}

const largestBody = 1_000_000

/** JSON of the request; an empty body is undefined. */
export function readJson(call: Call): unknown {
  const text = call.text()
  if (text === '') return undefined
  if (Buffer.byteLength(text) > largestBody) throw new Problem('too_large')
  const type = call.header('content-type') ?? ''
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(type)) throw new Problem('unsupported_media_type')
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new Problem('invalid_request', { detail: 'The body is not JSON.' })
  }
}
