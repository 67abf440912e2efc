import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { ProblemCode } from '../lib/contract/problem.ts'
import { problemReply } from '../lib/entry/problem.ts'

/** Answers a problem as the API does. The vendor's clients ask again on some statuses unless told not to. */
export function refuse(response: ServerResponse, code: ProblemCode, detail?: string): void {
  const { status, headers, body } = problemReply(code, detail ? { detail } : {}, randomUUID())
  response.writeHead(status, {
    ...headers,
    ...(status < 500 ? { 'x-should-retry': 'false' } : {}),
    connection: 'close',
  })
  response.end(JSON.stringify(body))
}
