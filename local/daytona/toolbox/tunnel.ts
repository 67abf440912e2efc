import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { join } from '../http/join.ts'

const LOOPBACKS = ['127.0.0.1', '::1']

/** Answers `GET /tunnel/<port>` with a raw connection to that port inside the sandbox, or 502 when nothing listens. */
export function openTunnel(request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const port = Number(request.url?.split('/')[2])
  dial(socket, head, { port, hosts: LOOPBACKS })
}

function dial(socket: Duplex, head: Buffer, to: { port: number; hosts: readonly string[] }): void {
  const [host, ...others] = to.hosts
  if (host === undefined) {
    socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    return
  }
  const upstream = connect(to.port, host)
  const retry = () => dial(socket, head, { port: to.port, hosts: others })
  upstream.once('error', retry)
  upstream.once('connect', () => {
    upstream.off('error', retry)
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n')
    upstream.write(head)
    join(socket, upstream)
  })
}
