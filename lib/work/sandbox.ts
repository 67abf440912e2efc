import type { JobDesk } from '../context.ts'
import type { Happening } from '../contract/event.ts'
import type { ProjectId } from '../contract/ids.ts'
import type { RunJob } from '../contract/run.ts'
import { sandboxPorts } from '../contract/sandbox.ts'
import type { SandboxChoice } from '../contract/workshop.ts'
import { reachableHosts } from '../domain/sandbox-hosts.ts'
import { sandboxName } from '../domain/run.ts'
import type { KnownSandbox } from '../domain/sandbox.ts'
import type { ReadySandbox } from '../ports/sandbox-provider.ts'
import type { OpenedSandbox, Purpose } from '../store/sandboxes.ts'

/** The provider stops what the platform forgot; the platform itself stops an idle sandbox earlier. */
const graceMinutes = 30

/** A started sandbox for the project: the one it has, or a new one; `applied` is null when it runs with other settings. */
export async function ensureSandbox(
  { provider, plan }: JobDesk,
  projectId: ProjectId,
  { limits, chosen }: Pick<Purpose, 'limits' | 'chosen'>,
): Promise<ReadySandbox & { applied: SandboxChoice | null }> {
  const ready = await provider.ensure({
    name: sandboxName(projectId),
    snapshot: plan.snapshot,
    labels: { app: 'everjust', project: projectId },
    allowedHosts: plan.hosts && reachableHosts(plan.hosts, chosen),
    resources: chosen.size,
    idleMinutes: (chosen.autoStopMinutes ?? limits.idleMinutes) + graceMinutes,
  })
  return { ...ready, applied: ready.asPlanned ? chosen : null }
}

export interface Addresses {
  previewUrl: string
  liveUrl: string
  urlsExpireAt: Date
}

const signedSeconds = 24 * 3_600
const leastLeftMs = 3_600_000

/**
 * Signed addresses of the preview and of the live gateway. Those it has are kept while they are good for an hour: a new
 * address is a new origin, on which the app in the preview has lost its storage.
 */
export async function addressesOf(
  { provider, now }: JobDesk,
  id: string,
  known: KnownSandbox | undefined,
): Promise<Addresses> {
  if (known?.providerId === id && known.previewUrl && known.liveUrl && known.urlsExpireAt) {
    const { previewUrl, liveUrl, urlsExpireAt } = known
    if (urlsExpireAt.getTime() - now().getTime() > leastLeftMs) return { previewUrl, liveUrl, urlsExpireAt }
  }
  const urlsExpireAt = new Date(now().getTime() + signedSeconds * 1_000)
  const [previewUrl, liveUrl] = await Promise.all([
    provider.signPreview(id, sandboxPorts.preview, signedSeconds),
    provider.signPreview(id, sandboxPorts.live, signedSeconds),
  ])
  return { previewUrl, liveUrl, urlsExpireAt }
}

/** How the live gateway of the sandbox tells who may listen. */
export async function doorsOf({ liveTickets, origins }: JobDesk, projectId: ProjectId): Promise<RunJob['live']> {
  return { key: await liveTickets.publicKey(), audience: projectId, origins: [...origins.web] }
}

/** What the log says of a sandbox that is up. */
export function openedEvents({ previewUrl, urlsExpireAt, versionId }: OpenedSandbox): Happening[] {
  return [
    { type: 'sandbox:status', data: { state: 'started', problem: null } },
    { type: 'preview:ready', data: { url: previewUrl, expiresAt: urlsExpireAt.toISOString(), versionId } },
  ]
}
