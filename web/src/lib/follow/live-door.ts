import { Problem, type Api } from '#lib/api.ts'
import { projectPaths, type LiveTransports, type ProjectId, type shellProtocols } from '#lib/contract.ts'
import type { SocketTransport } from './live-socket.ts'

/** Why there is no way in: the sandbox does not run, the ticket allows no shell, or the API refused. */
export type NoWay = 'asleep' | 'forbidden' | Problem

const protocol: (typeof shellProtocols)['terminal'] = 'everjust.terminal.v1'

/** Opens a socket to a terminal in the sandbox, with a ticket of its own. */
export async function openShell(
  api: Api,
  project: ProjectId,
  query: Record<string, string>,
): Promise<WebSocket | NoWay> {
  const way = await wayIn(api, project)
  if (typeof way === 'string' || way instanceof Problem) return way
  const url = new URL(way.url)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const socket = new WebSocket(url, [protocol, way.ticket])
  socket.binaryType = 'arraybuffer'
  return socket
}

async function wayIn(api: Api, project: ProjectId): Promise<SocketTransport | NoWay> {
  const live = await api.send<LiveTransports>('POST', projectPaths.live(project))
  if (live instanceof Problem) return live
  const found = live.transports.find((transport): transport is SocketTransport => transport.kind === 'ws')
  if (!found) return 'asleep'
  return found.may.includes('shell') ? found : 'forbidden'
}
