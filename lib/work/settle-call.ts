import type { ScheduleDesk } from '../context.ts'
import type { CallId } from '../contract/ids.ts'
import { windowOf } from '../domain/catalogue.ts'
import { contextTokens, costMicros, priceOf, type TokenUsage } from '../domain/prices.ts'
import { objectKeys } from '../ports/object-store.ts'

interface Ended {
  id: CallId
  model: string
  usage: TokenUsage | null
  status: number | null
}

/** Books what a call used and gives back the rest of what it held; only the first to do so does anything. */
export async function settleCall(desk: ScheduleDesk, { id, model, usage, status }: Ended): Promise<boolean> {
  const price = priceOf(model, desk.now())
  const spentMicros = price && usage ? costMicros(price, usage) : 0
  const filled = usage && { tokens: contextTokens(usage), window: windowOf(model) }
  return desk.within(async ({ modelCalls, events, audit }) => {
    const spent = await modelCalls.settle(id, { spentMicros, usage, status, context: filled })
    if (!spent) return false
    const { generationId, projectId, cost, context } = spent
    await Promise.all([
      events.append(projectId, { type: 'cost:updated', data: { generationId, cost, context } }),
      audit.recordCall(id, { contents: objectKeys.modelCall(projectId, id) }),
    ])
    return true
  })
}
