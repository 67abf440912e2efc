import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import { messageOf, Refusal } from './refusal.ts'

export type Reply = { readonly status: number; readonly body?: unknown }

/** Who speaks in an error body: the control plane, the preview and toolbox proxy, or the program inside the sandbox. */
export type Source = 'DAYTONA_API' | 'DAYTONA_PROXY' | 'DAYTONA_DAEMON'

/** Writes a JSON answer; without a body the answer is empty. */
export function send(response: ServerResponse, reply: Reply): void {
  const text = reply.body === undefined ? '' : JSON.stringify(reply.body)
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

/** Answers with what was thrown: a refusal as itself, anything else as 500. After the head was sent the connection is cut. */
export function sendError(request: IncomingMessage, response: ServerResponse, problem: [unknown, Source]): void {
  const [thrown, source] = problem
  if (response.headersSent) {
    response.destroy()
    return
  }
  const status = thrown instanceof Refusal ? thrown.status : 500
  send(response, {
    status,
    body: {
      statusCode: status,
      message: messageOf(thrown),
      error: STATUS_CODES[status],
      code: thrown instanceof Refusal ? thrown.code : undefined,
      source,
      path: request.url?.split('?')[0],
      method: request.method,
      timestamp: new Date().toISOString(),
    },
  })
}
