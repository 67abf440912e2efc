import type { Duty } from '../../../lib/entry/schedule.ts'

/** A started sandbox costs money: one that nobody has used for its tier's idle time is stopped. */
export const retireIdleSandboxes: Duty = ({ within }) =>
  within(async ({ sandboxes, jobs, events }) => {
    const idle = await sandboxes.retireIdle(25)
    for (const projectId of idle) {
      await events.append(projectId, { type: 'sandbox:status', data: { state: 'stopping', problem: null } })
      await jobs.enqueue({ kind: 'stop-sandbox', projectId, payload: { projectId }, key: `stop-sandbox:${projectId}` })
    }
    return idle.length
  })

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
