import { Problem, type Api } from '#lib/api.ts'
import { projectPaths, type LiveTransports, type ProjectId, type Renewal, type ticketLife } from '#lib/contract.ts'

export type SocketTransport = Extract<LiveTransports['transports'][number], { kind: 'ws' }>

const renewAfterSeconds: (typeof ticketLife)['renewAfterSeconds'] = 18

/** A ticket for the live gateway of a project, fresh each time; or why there is none. */
export async function askTicket(api: Api, project: ProjectId): Promise<SocketTransport | 'asleep' | Problem> {
  // Under no key: a ticket is not worth keeping an answer for.
  const live = await api.sendOnce<LiveTransports>(projectPaths.live(project), undefined, '')
  if (live instanceof Problem) return live
  return live.transports.find((transport): transport is SocketTransport => transport.kind === 'ws') ?? 'asleep'
}

/**
 * Keeps an open socket beyond its ticket, by handing in the next one; whoever is refused one leaves at once. What could not
 * be asked is left to the gateway, which closes the socket when the ticket ends.
 */
export function keepOpen(socket: WebSocket, api: Api, project: ProjectId): void {
  const timer = setInterval(() => void renew(), renewAfterSeconds * 1000)
  socket.addEventListener('close', () => clearInterval(timer))

  async function renew(): Promise<void> {
    const next = await askTicket(api, project)
    if (next instanceof Problem) return refusals.has(next.code) ? socket.close() : undefined
    const renewal = next !== 'asleep' && ({ ticket: next.ticket } satisfies Renewal)
    if (renewal && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(renewal))
  }
}

const refusals = new Set<Problem['code']>(['not_found', 'forbidden', 'unauthenticated', 'suspended'])
