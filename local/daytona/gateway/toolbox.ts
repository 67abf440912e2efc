import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Box } from '../boxes/box.ts'
import type { Faults } from '../faults.ts'
import { Refusal } from '../http/refusal.ts'
import { sendError } from '../http/reply.ts'
import { relay, relayUpgrade } from './relay.ts'

export type ToolboxGateway = {
  readonly find: (id: string) => Box
  readonly toolboxOf: (box: Box) => string
  readonly touch: (box: Box) => void
  readonly faults: Faults
}

/** Passes `/toolbox/<id>/…` on to the program inside that sandbox, without the caller's key. */
export function relayToToolbox(gateway: ToolboxGateway, request: IncomingMessage, response: ServerResponse): void {
  try {
    const { box, path } = destination(gateway, request)
    const headers = { ...request.headers }
    delete headers.authorization
    const failed = (error: Error) => sendError(request, response, [new Refusal(502, error.message), 'DAYTONA_PROXY'])
    relay(request, response, { upstream: { socketPath: gateway.toolboxOf(box) }, path, headers, failed })
  } catch (thrown) {
    sendError(request, response, [thrown, 'DAYTONA_PROXY'])
  }
}

/** The same for WebSockets. */
export function relayToolboxUpgrade(
  gateway: ToolboxGateway,
  request: IncomingMessage,
  from: { client: Duplex; head: Buffer },
): void {
  try {
    const { box, path } = destination(gateway, request)
    const server = connect(gateway.toolboxOf(box))
    if (gateway.faults.cutsSocket()) server.once('data', () => setImmediate(() => from.client.destroy()))
    relayUpgrade(request, { ...from, server }, { path, without: ['authorization'] })
  } catch (thrown) {
    const status = thrown instanceof Refusal ? thrown.status : 500
    from.client.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
  }
}

function destination({ find, touch }: ToolboxGateway, request: IncomingMessage): { box: Box; path: string } {
  const [, id, path] = /^\/toolbox\/([^/]+)(\/.*)$/.exec(request.url ?? '') ?? []
  if (id === undefined || path === undefined) throw new Refusal(404, 'not found')
  if (path.startsWith('/tunnel/')) throw new Refusal(404, 'not found')
  const box = find(decodeURIComponent(id))
  touch(box)
  return { box, path }
}
