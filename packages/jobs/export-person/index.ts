import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-jobs.ts'
import { exportPerson } from './export.ts'

/** Writes all that is held about a person into archives, one in each turn. */
export const job = { leaseSeconds: 305, mostTries: 500, run: exportPerson }
export const main = background(job, production)
