import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-jobs.ts'
import { sweepSandboxes } from './sweep.ts'

/** Removes sandboxes at the provider that belong to no project any more, and images that were never put into storage. */
export const job = { leaseSeconds: 305, mostTries: 2, run: sweepSandboxes }
export const main = background(job, production)
