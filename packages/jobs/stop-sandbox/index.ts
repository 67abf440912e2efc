import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-jobs.ts'
import { stopSandbox } from './stop.ts'

/** Stops a project's sandbox; what it holds is stored elsewhere. */
export const job = { leaseSeconds: 65, mostTries: 20, run: stopSandbox }
export const main = background(job, production)
