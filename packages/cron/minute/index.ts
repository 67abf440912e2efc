import { schedule } from '../../../lib/entry/schedule.ts'
import { production } from '../../../lib/production-schedules.ts'
import { endAbandonedImprovements } from './end-abandoned-improvements.ts'
import { keepSetAside } from './keep-set-aside.ts'
import { redriveQueues } from './redrive-queues.ts'
import { fillPlaces, redriveRuns } from './redrive-runs.ts'
import { endAddresses, redriveSandboxes, retireIdleSandboxes, retireSandboxesBeyond } from './sandboxes.ts'
import { settleAbandonedCalls } from './settle-abandoned-calls.ts'
import { wakeOverdueJobs } from './wake-overdue-jobs.ts'

export const duties = {
  redriveRuns,
  fillPlaces,
  retireIdleSandboxes,
  retireSandboxesBeyond,
  redriveSandboxes,
  endAddresses,
  settleAbandonedCalls,
  endAbandonedImprovements,
  redriveQueues,
  keepSetAside,
  wakeOverdueJobs,
}

/** Sets going again whatever got stuck. */
export const main = schedule(duties, production)
