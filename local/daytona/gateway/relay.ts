import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import { join } from '../http/join.ts'

export type Upstream = { readonly socketPath: string } | { readonly connection: Duplex }

export type Onward = {
  readonly upstream: Upstream
  readonly path: string
  readonly headers: OutgoingHttpHeaders
  /** Called when the other side cannot be reached; the answer has not begun. */
  readonly failed: (error: Error) => void
}

/** Passes one request on and its answer back, at the speed of the slower side. */
export function relay(request: IncomingMessage, response: ServerResponse, onward: Onward): void {
  const { upstream, path, headers } = onward
  const way =
    'socketPath' in upstream
      ? { socketPath: upstream.socketPath, agent: false }
      : { createConnection: () => upstream.connection as Socket, headers: { ...headers, connection: 'close' } }
  const outgoing = httpRequest({ method: request.method, path, headers, ...way }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
    answer.on('error', () => response.destroy())
  })
  outgoing.on('error', (error) => (response.headersSent ? response.destroy() : onward.failed(error)))
  response.on('close', () => outgoing.destroy())
  request.pipe(outgoing)
}

/** Passes an upgrade on as it came, without the named headers, then joins both connections. */
export function relayUpgrade(
  request: IncomingMessage,
  ends: { readonly client: Duplex; readonly head: Buffer; readonly server: Duplex },
  change: { readonly path: string; readonly without: readonly string[] },
): void {
  const { client, head, server } = ends
  const rows = pairs(request.rawHeaders).filter(([name]) => !change.without.includes(name.toLowerCase()))
  const lines = [`${request.method} ${change.path} HTTP/1.1`, ...rows.map(([name, value]) => `${name}: ${value}`)]
  server.write(`${lines.join('\r\n')}\r\n\r\n`)
  server.write(head)
  join(client, server)
}

function pairs(raw: readonly string[]): [string, string][] {
  const found: [string, string][] = []
  for (let at = 0; at + 1 < raw.length; at += 2) found.push([raw[at] ?? '', raw[at + 1] ?? ''])
  return found
}
