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

// Systems give outgoing connections a port from 32768 on (Linux) or 49152 on (RFC 6335 §6): one below is not taken so.
const lowestPort = 10_000
const highestPort = 32_000
// Each process begins to look at a place of its own, or two that look at once would be told of the same port.
let lookAt = lowestPort + ((process.pid * 20) % (highestPort - lowestPort))

/** A port nobody listens on now, for programs that cannot choose one themselves; never the same one twice in a row. */
export const freePort = async (): Promise<number> => {
  for (let looked = lowestPort; looked < highestPort; looked++) {
    const port = lookAt
    lookAt = port + 1 < highestPort ? port + 1 : lowestPort
    if (await isFree(port)) return port
  }
  throw new Error(`no port between ${lowestPort} and ${highestPort} is free`)
}

/** Whether somebody could listen on this port of 127.0.0.1 now. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
