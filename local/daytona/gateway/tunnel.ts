import { request } from 'node:http'
import type { Duplex } from 'node:stream'

const DIAL_MS = 10_000

/** A raw connection to a port inside a sandbox, or nothing when no program listens there. */
export async function dial(toolboxSocket: string, port: number): Promise<Duplex | undefined> {
  return new Promise((resolve) => {
    const asking = request({
      socketPath: toolboxSocket,
      path: `/tunnel/${port}`,
      headers: { connection: 'Upgrade', upgrade: 'tcp' },
      timeout: DIAL_MS,
    })
    asking.on('upgrade', (_answer, socket, head) => {
      socket.setTimeout(0)
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    asking.on('response', (answer) => {
      answer.resume()
      resolve(undefined)
    })
    asking.on('timeout', () => asking.destroy())
    asking.on('error', () => resolve(undefined))
    asking.end()
  })
}
