import { schedule } from '../../../lib/entry/schedule.ts'
import { production } from '../../../lib/production-schedules.ts'
import { bookSandboxTime, tellOfAllowances } from './allowances.ts'
import { clearDeleted } from './clear-deleted.ts'
import { endGraces } from './end-graces.ts'
import { redriveDeletions } from './redrive-deletions.ts'
import { renewAddresses } from './renew-addresses.ts'
import { reportMore } from './report-more.ts'
import { sweepSandboxes } from './sweep-sandboxes.ts'

export const duties = {
  renewAddresses,
  sweepSandboxes,
  clearDeleted,
  redriveDeletions,
  endGraces,
  reportMore,
  bookSandboxTime,
  tellOfAllowances,
}

/** Sandboxes that live long or that nothing knows of, what was deleted or not paid, and whose month is nearly used up. */
export const main = schedule(duties, production)
