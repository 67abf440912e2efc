import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-relay.ts'
import { leaseSeconds, relayModel } from './relay.ts'

/** Asks the model and writes its reply, chunk by chunk, to where the runner reads it. */
export const job = { leaseSeconds, mostTries: 3, run: relayModel }
export const main = background(job, production)
