import type { ProjectId } from '../../../lib/contract/ids.ts'
import { periodOf } from '../../../lib/domain/quota.ts'
import type { Duty } from '../../../lib/entry/schedule.ts'
import type { WorkerStores } from '../../../lib/store/worker-stores.ts'

/** A started sandbox costs money: one that nobody has used for its tier's idle time is stopped. */
export const retireIdleSandboxes: Duty = ({ within }) =>
  within(async (stores) => stop(stores, await stores.sandboxes.retireIdle(25)))

/** So is one of an organization that has more awake than its tier allows by now, or has used up its hours. */
export const retireSandboxesBeyond: Duty = ({ within, now }) =>
  within(async (stores) => stop(stores, await stores.allowances.retireBeyond(periodOf(now()), 25)))

async function stop({ events, jobs }: WorkerStores, retired: readonly ProjectId[]): Promise<number> {
  for (const projectId of retired) {
    await events.append(projectId, { type: 'sandbox:status', data: { state: 'stopping', problem: null } })
    await jobs.enqueue({ kind: 'stop-sandbox', projectId, payload: { projectId }, key: `stop-sandbox:${projectId}` })
  }
  return retired.length
}

/** Addresses of previews that are to be ended, by whatever way somebody lost the right to them. */
export const endAddresses: Duty = ({ within }) => within(({ addressEndings }) => addressEndings.begin())

/** Sandboxes that should long have arrived in the state they were asked into. */
export const redriveSandboxes: Duty = ({ within }) =>
  within(async ({ upkeep, jobs }) => {
    const strayed = await upkeep.strayed(25)
    for (const { projectId, state } of strayed) {
      const kind = state === 'starting' ? 'open-sandbox' : 'stop-sandbox'
      await jobs.enqueue({ kind, projectId, payload: { projectId }, key: `${kind}:${projectId}` })
    }
    return strayed.length
  })
