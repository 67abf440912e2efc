import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-relay.ts'
import { improvePrompt } from './improve.ts'

/** Puts a prompt into better words. */
export const job = { leaseSeconds: 65, mostTries: 5, run: improvePrompt }
export const main = background(job, production)
