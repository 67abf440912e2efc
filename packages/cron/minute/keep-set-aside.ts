import type { Duty } from '../../../lib/entry/schedule.ts'

/** What a stopped run made and had no room for becomes a version once there is some: on a larger plan. */
export const keepSetAside: Duty = ({ within }) =>
  within(async ({ setAside, jobs }) => {
    const fitting = await setAside.fitting(25)
    for (const { id, projectId } of fitting) {
      const key = `stop-generation:${id}`
      await jobs.enqueue({ kind: 'stop-generation', projectId, payload: { generationId: id }, key })
    }
    return fitting.length
  })
