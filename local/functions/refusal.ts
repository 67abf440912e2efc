import { randomBytes } from 'node:crypto'

/** An answer of the platform itself, made without or instead of a function's result. */
export type Refusal = { status: number; error: string }

export const refusals = {
  unauthorized: { status: 401, error: 'The resource requires authentication, which was not supplied with the request' },
  badKey: { status: 401, error: 'The supplied authentication is invalid.' },
  notFound: { status: 404, error: 'The requested resource does not exist.' },
  methodNotAllowed: { status: 405, error: 'HTTP method not allowed.' },
  tooLarge: { status: 413, error: 'Request larger than allowed.' },
  malformed: { status: 400, error: 'The request content was malformed.' },
  reserved: { status: 400, error: 'Request defines parameters that are not allowed (e.g., reserved properties).' },
  notReady: { status: 202, error: 'Response not yet ready.' },
  failed: { status: 400, error: 'There was an error processing your request.' },
  propertyNotFound: { status: 404, error: 'Response does not include requested property.' },
  contentMismatch: { status: 400, error: 'Response type in header did not match generated content type.' },
} as const satisfies Record<string, Refusal>

export function invalidMedia(mediaType: string): Refusal {
  return { status: 400, error: `Response is not valid '${mediaType}'.` }
}

export function tooManyRequests(error: string): Refusal {
  return { status: 429, error }
}

/** What is sent: names and values of the headers in order, because a name may come twice. */
export type Answer = { status: number; headers: [string, string][]; body: string | Buffer }

export function answerJson(status: number, value: unknown): Answer {
  return { status, headers: [['content-type', 'application/json']], body: JSON.stringify(value) }
}

export function answerRefusal({ status, error }: Refusal): Answer {
  return answerJson(status, { error, code: randomBytes(16).toString('hex') })
}
