import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-jobs.ts'
import { openSandbox } from './open.ts'

/** Brings a project's sandbox up with its current version, when no run does so. */
export const job = { leaseSeconds: 185, mostTries: 4, run: openSandbox }
export const main = background(job, production)
