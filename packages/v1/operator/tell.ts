import type { GenerationId, OrganizationId, ProjectId } from '../../../lib/contract/ids.ts'
import type { OperatorDesk } from '../../../lib/context.ts'

interface Turn {
  requestId: string
  /** The organization, or the person by their personal one. */
  organizationId: OrganizationId
  /** Null for who is let in again. */
  reason: string | null
}

/** Whoever is suspended or let in again is told so, and why, where they can still read it: by mail. */
export async function tellOwners({ roster, notices }: OperatorDesk, { requestId, organizationId, reason }: Turn) {
  for (const { name, email: to } of await roster.ownersOf(organizationId)) {
    const key = `suspension:${organizationId}:${requestId}:${to}`
    if (reason === null) await notices.send({ to, kind: 'readmitted', words: { whom: name }, key })
    else await notices.send({ to, kind: 'suspended', words: { whom: name, reason }, key })
  }
}

interface Stopped {
  id: GenerationId
  projectId: ProjectId
  reason: string
}

/** Who asked for a run that is stopped is told why. */
export async function tellRequester({ running, notices }: OperatorDesk, { id, projectId, reason }: Stopped) {
  const asked = await running.askedBy(id)
  if (!asked?.email) return
  const words = { project: asked.project, reason, path: `/projects/${projectId}` }
  await notices.send({ to: asked.email, kind: 'runStopped', words, key: `run-stopped:${id}` })
}
