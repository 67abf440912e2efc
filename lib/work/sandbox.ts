import type { JobDesk } from '../context.ts'
import type { Happening } from '../contract/event.ts'
import type { ProjectId } from '../contract/ids.ts'
import type { RunJob } from '../contract/run.ts'
import { sandboxPorts, type Sandbox } from '../contract/sandbox.ts'
import type { SandboxChoice } from '../contract/workshop.ts'
import { reachableHosts } from '../domain/sandbox-hosts.ts'
import { sandboxName } from '../domain/run.ts'
import type { KnownSandbox } from '../domain/sandbox.ts'
import type { ReadySandbox } from '../ports/sandbox-provider.ts'
import type { OpenedSandbox } from '../store/sandbox-work.ts'
import type { Purpose } from '../store/sandboxes.ts'
import type { WorkerStores } from '../store/worker-stores.ts'

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

/** As long as the provider signs for. */
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

interface Opening {
  opened: OpenedSandbox
  from: readonly Sandbox['state'][]
  /** Whether there is something new to tell. */
  isNews: boolean
}

/**
 * Writes down that a sandbox is up, and tells it. An address that was spent while it came up is not told: a job signs
 * another. False when somebody wants it otherwise.
 */
export async function recordOpened(
  { sandboxes, events, jobs }: Pick<WorkerStores, 'sandboxes' | 'events' | 'jobs'>,
  projectId: ProjectId,
  { opened, from, isNews }: Opening,
): Promise<boolean> {
  const kept = await sandboxes.opened(projectId, opened, from)
  if (!kept) return false
  const { previewUrl } = kept
  if (isNews) await events.append(projectId, ...openedEvents({ ...opened, previewUrl }))
  if (previewUrl === null) await jobs.enqueue({ kind: 'change-addresses', projectId: null, payload: {} })
  return true
}

/** What the log says of a sandbox that is up. */
function openedEvents({ previewUrl, ...rest }: Omit<OpenedSandbox, 'previewUrl'> & { previewUrl: string | null }) {
  const status: Happening = { type: 'sandbox:status', data: { state: 'started', problem: null } }
  return previewUrl === null ? [status] : [status, readyEvent({ ...rest, previewUrl })]
}

/** Where the preview is seen from now on. */
export const readyEvent = ({
  previewUrl: url,
  urlsExpireAt,
  versionId,
}: Pick<OpenedSandbox, 'previewUrl' | 'urlsExpireAt' | 'versionId'>): Happening => ({
  type: 'preview:ready',
  data: { url, expiresAt: urlsExpireAt.toISOString(), versionId },
})
