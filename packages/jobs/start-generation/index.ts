import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-jobs.ts'
import { startGeneration } from './start.ts'

/** Brings a generation's next attempt to life in a sandbox. Seconds, never minutes. */
export const job = { leaseSeconds: 125, mostTries: 10, run: startGeneration }
export const main = background(job, production)
