import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-queue.ts'
import { nextMessage } from './start-next.ts'

/** Starts the first message that waits in a project, when the run before it ended well. */
export const job = { leaseSeconds: 65, mostTries: 20, run: nextMessage }
export const main = background(job, production)
