import type { JobDesk } from '../../../lib/context.ts'
import type { ProjectId } from '../../../lib/contract/ids.ts'
import type { ProvidedSandbox } from '../../../lib/ports/sandbox-provider.ts'

/** How many are put right in one sweep; the next one goes on. */
const atMost = 50

/**
 * Where the provider and our rows differ for a while, the provider is right about what was, and we about what should be: time
 * ends for a sandbox that sleeps there, and one that nobody uses here is put to sleep.
 */
export async function reconcile(
  { within, log }: Pick<JobDesk, 'within' | 'log'>,
  found: readonly { projectId: ProjectId; state: ProvidedSandbox['state'] }[],
): Promise<void> {
  const states = new Map(found.map(({ projectId, state }) => [projectId, state]))
  const supposed = await within(({ allowances }) => allowances.supposedlyUp())
  const asleep = supposed.filter((projectId) => (states.get(projectId) ?? 'stopped') === 'stopped')
  for (const projectId of asleep.slice(0, atMost)) {
    await within(async ({ allowances, events }) => {
      if (!(await allowances.foundAsleep(projectId))) return
      log('notice', 'a sandbox was asleep that was counted as awake', { projectId })
      await events.append(projectId, { type: 'sandbox:status', data: { state: 'stopped', problem: null } })
    })
  }
  const awake = found.filter(({ state }) => state === 'started').map(({ projectId }) => projectId)
  await within(async ({ allowances, events, jobs }) => {
    for (const projectId of await allowances.foundAwake(awake, atMost)) {
      log('notice', 'a sandbox was awake that nobody uses', { projectId })
      await events.append(projectId, { type: 'sandbox:status', data: { state: 'stopping', problem: null } })
      await jobs.enqueue({ kind: 'stop-sandbox', projectId, payload: { projectId }, key: `stop-sandbox:${projectId}` })
    }
  })
}
