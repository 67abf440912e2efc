import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'

const statuses = {
  invalid_request_error: 400,
  authentication_error: 401,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  overloaded_error: 529,
} as const

export type RefusalType = keyof typeof statuses

/** An error as Anthropic's API names them. */
export class Refusal extends Error {
  readonly type: RefusalType

  constructor(type: RefusalType, message: string) {
    super(message)
    this.type = type
  }
}

export function sendRefusal(response: ServerResponse, { type, message }: Refusal): void {
  const requestId = `req_${randomUUID().replaceAll('-', '')}`
  response.writeHead(statuses[type], {
    'content-type': 'application/json',
    'request-id': requestId,
    ...(type === 'rate_limit_error' ? { 'retry-after': '1' } : {}),
  })
  response.end(JSON.stringify({ type: 'error', error: { type, message }, request_id: requestId }))
}
