import { schedule } from '../../../lib/entry/schedule.ts'
import { production } from '../../../lib/production-schedules.ts'
import { renewAddresses } from './renew-addresses.ts'
import { sweepSandboxes } from './sweep-sandboxes.ts'

export const duties = { renewAddresses, sweepSandboxes }

/** Looks after sandboxes that live long, and after those that nothing knows of. */
export const main = schedule(duties, production)
