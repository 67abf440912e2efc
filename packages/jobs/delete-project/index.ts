import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-jobs.ts'
import { deleteProject } from './delete.ts'

/** Removes everything a deleted project left: its run, its sandbox, its objects, its rows. */
export const job = { leaseSeconds: 305, mostTries: 200, run: deleteProject }
export const main = background(job, production)
