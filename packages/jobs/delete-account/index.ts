import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-deletions.ts'
import { deleteAccount } from './delete.ts'

/** Removes everything that a deleted person or organization left, in every place that holds something of them. */
export const job = { leaseSeconds: 305, mostTries: 500, run: deleteAccount }
export const main = background(job, production)
