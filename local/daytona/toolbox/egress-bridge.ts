import { connect, createServer } from 'node:net'
import { join } from '../http/join.ts'

/** Port inside every sandbox where programs find the HTTP proxy, the only way out. */
export const PROXY_PORT = 3128

/** Carries 127.0.0.1:3128 of the sandbox's own network to the egress proxy outside, through its unix socket. */
export function openEgressBridge(socketPath: string): void {
  const server = createServer((inside) => join(inside, connect(socketPath)))
  server.on('error', (error) => process.stderr.write(`no egress: ${error.message}\n`))
  server.listen(PROXY_PORT, '127.0.0.1')
}
