import type { ProjectId } from '../contract/ids.ts'
import type { Version } from '../contract/version.ts'
import type { Stores } from '../store/stores.ts'

/** Tells everybody of a new version, and brings a running sandbox to it when a person made it; a run shows its own. */
export async function showVersion(
  { events, sandboxes, jobs }: Pick<Stores, 'events' | 'sandboxes' | 'jobs'>,
  projectId: ProjectId,
  { id, number, message, source }: Version,
): Promise<void> {
  const [, sandbox] = await Promise.all([
    events.append(projectId, { type: 'version:created', data: { versionId: id, number, message } }),
    source === 'generation' ? undefined : sandboxes.find(projectId),
  ])
  if (sandbox?.state !== 'started') return
  await jobs.enqueue({ kind: 'open-sandbox', projectId, payload: { projectId }, key: `open-sandbox:${projectId}` })
}
