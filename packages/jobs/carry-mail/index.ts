import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-jobs.ts'
import { carryForRun, leaseSeconds } from './carry.ts'

/** Carries the mail of a run whose sandbox cannot reach out. */
export const job = { leaseSeconds, mostTries: 20, run: carryForRun }
export const main = background(job, production)
