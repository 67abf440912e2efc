import type { Server } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'

/** Listens on 127.0.0.1 (port 0 = any free one) and answers the port taken; rejects when it is in use. */
export const listen = async (server: Server, port: number): Promise<number> => {
  // Longer than the pauses of a caller that is frozen between two calls, so that it seldom wakes with a dead socket.
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  return (server.address() as AddressInfo).port
}

/** Ends a server at once: open connections are cut, then the port is free. */
export const close = async (server: Server): Promise<void> => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

/** A port nobody listens on now, for programs that cannot choose one themselves. */
export const freePort = async (): Promise<number> => {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', resolve)
  })
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
