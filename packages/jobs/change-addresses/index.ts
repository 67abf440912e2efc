import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-jobs.ts'
import { changeAddresses } from './change.ts'

/** Ends addresses of previews that somebody knows who may not any more, and signs those that are wanted instead. */
export const job = { leaseSeconds: 65, mostTries: 20, run: changeAddresses }
export const main = background(job, production)
