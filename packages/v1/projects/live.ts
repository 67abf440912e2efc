import { LiveTransports, shellRight, ticketLife } from '../../../lib/contract/live.ts'
import { eventsPath } from '../../../lib/contract/project-paths.ts'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { decide } from '../../../lib/domain/access.ts'
import { openAddress } from '../../../lib/domain/sandbox.ts'

export const openLive = operation({
  summary: 'Learn how to follow a project, and get a ticket for its live gateway',
  path: ProjectPath,
  may: ['project.read', inProject],
  answers: [200, LiveTransports],
  async run({ path: { projectId }, principal, standing }, { sandboxes, liveTickets, origins, now }) {
    const poll = { kind: 'poll', url: `${origins.api}${eventsPath(projectId)}` } as const
    const row = await sandboxes.find(projectId)
    const address = row && openAddress(row, row.liveUrl, now())
    if (!address || principal.kind !== 'user' || standing.role === 'run') return { transports: [poll] }
    const may: (typeof shellRight)[] = decide(principal, 'sandbox.shell', standing) === 'allowed' ? [shellRight] : []
    const holder = { projectId, userId: principal.userId, role: standing.role, may }
    const ticket = await liveTickets.mint(holder, ticketLife.seconds)
    const expiresAt = new Date(now().getTime() + ticketLife.seconds * 1_000).toISOString()
    const url = address.url.replace(/^http/, 'ws')
    return { transports: [{ kind: 'ws' as const, url, ticket, expiresAt, may }, poll] }
  },
})
