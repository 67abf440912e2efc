import { schedule } from '../../../lib/entry/schedule.ts'
import { production } from '../../../lib/production-schedules.ts'
import { clearDeleted } from './clear-deleted.ts'
import { renewAddresses } from './renew-addresses.ts'
import { sweepSandboxes } from './sweep-sandboxes.ts'

export const duties = { renewAddresses, sweepSandboxes, clearDeleted }

/** Looks after sandboxes that live long, after those that nothing knows of, and clears away what was deleted. */
export const main = schedule(duties, production)
