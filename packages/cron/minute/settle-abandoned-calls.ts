import { deadlines } from '../../../lib/domain/deadlines.ts'
import type { Duty } from '../../../lib/entry/schedule.ts'
import { settleCall } from '../../../lib/work/settle-call.ts'

/** Calls whose worker was killed give back what they held, and pay what was seen of them. */
export const settleAbandonedCalls: Duty = async (desk) => {
  const abandoned = await desk.within(({ modelCalls }) => modelCalls.abandoned(deadlines.callHeld.seconds, 50))
  for (const { id, model, usage } of abandoned) await settleCall(desk, { id, model, usage, status: null })
  return abandoned.length
}
