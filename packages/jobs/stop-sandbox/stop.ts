import type { JobDesk } from '../../../lib/context.ts'
import { sandboxName } from '../../../lib/domain/run.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import type { Job } from '../../../lib/store/jobs.ts'

/** Stops it unless somebody has wanted it again since, or a run needs it now. */
export async function stopSandbox({ projectId }: Job, desk: JobDesk): Promise<Outcome> {
  const [purpose, known] = await desk.within(({ sandboxes }) =>
    Promise.all([sandboxes.purpose(projectId), sandboxes.find(projectId)]),
  )
  if (known?.state !== 'stopping' || purpose?.activeGenerationId) return 'done'
  await desk.provider.stop(sandboxName(projectId))
  await desk.within(async ({ sandboxes, events }) => {
    const stopped = await sandboxes.closed(projectId, { from: 'stopping', to: 'stopped', problem: null })
    if (stopped) await events.append(projectId, { type: 'sandbox:status', data: { state: 'stopped', problem: null } })
  })
  return 'done'
}
