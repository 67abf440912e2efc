import { connect, createServer, type Socket } from 'node:net'
import { freePort } from '../../local/listen.ts'

export interface Proxy {
  /** The address of the proxy, for what `target` addresses. */
  url: string
  /** How often the client spoke after the server had last spoken, since this was last asked. */
  roundTrips(): number
  /** Ends every connection at once with a reset. */
  reset(): void
  /** Lets nothing through on the connections there are, and says nothing: as a container wakes up after a pause. */
  stall(): void
  close(): Promise<void>
}

/** Stands between the API and a service, to count and to break. */
export async function openProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target)
  const pairs = new Set<{ client: Socket; server: Socket; stalled: boolean }>()
  let roundTrips = 0
  const listener = createServer((client) => {
    const server = connect(Number(port), hostname)
    const pair = { client, server, stalled: false }
    let asking = false
    pairs.add(pair)
    client.on('data', (bytes) => {
      if (pair.stalled) return
      if (!asking) roundTrips += 1
      asking = true
      server.write(bytes)
    })
    server.on('data', (bytes) => {
      asking = false
      if (!pair.stalled) client.write(bytes)
    })
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      socket.on('error', () => {})
      socket.on('close', () => {
        pairs.delete(pair)
        if (!pair.stalled) other.destroy()
      })
    }
  })
  const own = await freePort()
  await new Promise<void>((resolve) => listener.listen(own, '127.0.0.1', resolve))
  const url = new URL(target)
  url.host = `127.0.0.1:${own}`
  const end = () => {
    for (const { client, server } of pairs) {
      client.resetAndDestroy()
      server.destroy()
    }
  }
  return {
    url: url.href,
    roundTrips() {
      const counted = roundTrips
      roundTrips = 0
      return counted
    },
    reset: end,
    stall() {
      for (const pair of pairs) pair.stalled = true
    },
    async close() {
      end()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
}
