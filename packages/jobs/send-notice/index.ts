import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-post.ts'
import { sendNotice } from './send.ts'

/** Sends one mail; tried for about an hour when the provider is down. */
export const job = { leaseSeconds: 35, mostTries: 20, run: sendNotice }
export const main = background(job, production)
