import type { Duty } from '../../../lib/entry/schedule.ts'
import { schedule } from '../../../lib/entry/schedule.ts'
import { production } from '../../../lib/production-schedules.ts'
import { forgetAudit } from './forget-audit.ts'
import { lookAtAccounts } from './look-at-accounts.ts'

const forgetIdempotencyKeys: Duty = ({ within }) => within(({ upkeep }) => upkeep.forgetIdempotencyKeys())
const forgetRateWindows: Duty = ({ within }) => within(({ upkeep }) => upkeep.forgetRateWindows())
const forgetJobs: Duty = ({ within }) => within(({ upkeep }) => upkeep.forgetJobs())
const forgetSessions: Duty = ({ within }) => within(({ upkeep }) => upkeep.forgetSessions())
const forgetDepartures: Duty = ({ within }) => within(({ upkeep }) => upkeep.forgetDepartures())
const forgetLinkTickets: Duty = ({ within }) => within(({ upkeep }) => upkeep.forgetLinkTickets())
const forgetNotices: Duty = ({ within }) => within(({ upkeep }) => upkeep.forgetNotices())
const forgetBillingEvents: Duty = ({ within }) => within(({ billing }) => billing.forgetEvents())
const forgetProgress: Duty = ({ within }) => within(({ upkeep }) => upkeep.forgetProgress())

export const duties = {
  forgetIdempotencyKeys,
  forgetRateWindows,
  forgetJobs,
  forgetSessions,
  forgetNotices,
  forgetDepartures,
  forgetLinkTickets,
  forgetProgress,
  forgetAudit,
  forgetBillingEvents,
  lookAtAccounts,
}

/** Removes rows that have had their day. */
export const main = schedule(duties, production)
