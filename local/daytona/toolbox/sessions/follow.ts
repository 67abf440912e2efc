import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { CommandLog } from './command-log.ts'
import type { Sessions } from './sessions.ts'

/** Clients overflow their stack on frames beyond about 125 KB. */
const FRAME = 32 * 1024

const upgrades = new WebSocketServer({ noServer: true })

/** Streams the log of a command over a WebSocket: all there is, then all that comes, then a close with code 1000. */
export function followLogs(sessions: Sessions, request: IncomingMessage, at: { socket: Duplex; head: Buffer }): void {
  const log = logOf(sessions, request.url ?? '')
  if (!log) {
    at.socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    return
  }
  upgrades.handleUpgrade(request, at.socket, at.head, (client) => {
    stream(log, client).catch(() => client.terminate())
  })
}

function logOf(sessions: Sessions, url: string): CommandLog | undefined {
  const [, session, command] = /^\/process\/session\/([^/]+)\/command\/([^/?]+)\/logs/.exec(url) ?? []
  if (session === undefined || command === undefined) return undefined
  try {
    return sessions.find(decodeURIComponent(session)).find(command).log
  } catch {
    return undefined
  }
}

async function stream(log: CommandLog, client: WebSocket): Promise<void> {
  const stop = new AbortController()
  client.on('close', () => stop.abort())
  client.on('error', () => stop.abort())
  for await (const piece of log.follow(FRAME, stop.signal)) {
    await new Promise<void>((sent) => client.send(piece, () => sent()))
  }
  client.close(1000)
}
