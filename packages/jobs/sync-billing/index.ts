import { background } from '../../../lib/entry/background.ts'
import { productionOfJob } from '../../../lib/production-payments.ts'
import { syncBilling } from './sync.ts'

/** Fetches what an organization pays for; tried for hours while the provider is down. */
export const job = { leaseSeconds: 60, mostTries: 30, run: syncBilling }
export const main = background(job, productionOfJob)
