import { Problem, type Api } from '#lib/api.ts'
import type { ProjectId, shellProtocols } from '#lib/contract.ts'
import { askTicket, keepOpen, type SocketTransport } from './live-ticket.ts'

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
  keepOpen(socket, api, project)
  return socket
}

async function wayIn(api: Api, project: ProjectId): Promise<SocketTransport | NoWay> {
  const found = await askTicket(api, project)
  if (found === 'asleep' || found instanceof Problem) return found
  return found.may.includes('shell') ? found : 'forbidden'
}
