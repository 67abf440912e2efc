import { schedule } from '../../../lib/entry/schedule.ts'
import { production } from '../../../lib/production-schedules.ts'
import { clearDeleted } from './clear-deleted.ts'
import { endGraces } from './end-graces.ts'
import { renewAddresses } from './renew-addresses.ts'
import { sweepSandboxes } from './sweep-sandboxes.ts'

export const duties = { renewAddresses, sweepSandboxes, clearDeleted, endGraces }

/** Looks after sandboxes that live long, after those that nothing knows of, clears away what was deleted, and ends what was not paid. */
export const main = schedule(duties, production)
