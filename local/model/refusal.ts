import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'

const statuses = {
  invalid_request_error: 400,
  authentication_error: 401,
  not_found_error: 404,
  request_too_large: 413,
  api_error: 500,
} as const

/** An error as Anthropic's API names them. */
export class Refusal extends Error {
  readonly type: keyof typeof statuses

  constructor(type: keyof typeof statuses, message: string) {
    super(message)
    this.type = type
  }
}

export function sendRefusal(response: ServerResponse, { type, message }: Refusal): void {
  const requestId = `req_${randomUUID().replaceAll('-', '')}`
  response.writeHead(statuses[type], { 'content-type': 'application/json', 'request-id': requestId })
  response.end(JSON.stringify({ type: 'error', error: { type, message }, request_id: requestId }))
}
