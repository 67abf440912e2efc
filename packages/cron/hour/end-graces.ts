import { graceUntil, reminderSince } from '../../../lib/domain/billing.ts'
import type { Duty } from '../../../lib/entry/schedule.ts'
import { tellPayers } from '../../../lib/work/tell-payers.ts'

/** Plans that were not paid for until the grace was over become the free one; who has two days left is reminded. */
export const endGraces: Duty = ({ within, now }) =>
  within(async (stores) => {
    const { billing, audit } = stores
    const owing = await billing.overdue(reminderSince(now()), 100)
    for (const { organizationId, name, unpaidSince } of owing) {
      const over = graceUntil(unpaidSince) <= now()
      await tellPayers(stores, { organizationId, name, kind: over ? 'planEnded' : 'paymentReminder', unpaidSince })
      if (!over) continue
      await billing.grant(organizationId, { tier: 'free', seats: 1 })
      await audit.record({
        organizationId,
        principal: 'billing',
        action: 'plan.free',
        subject: organizationId,
        requestId: 'grace-over',
      })
    }
    return owing.length
  })
