import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-jobs.ts'
import { stopGeneration } from './stop.ts'

/** Ends what is left of a run that was cancelled or given up, and shows the current version again. */
export const job = { leaseSeconds: 65, mostTries: 6, run: stopGeneration }
export const main = background(job, production)
