import { openAuth0 } from './adapters/auth0.ts'
import { openAuth0Companies } from './adapters/auth0-companies.ts'
import { Config } from './config.ts'
import type { DeletionContext } from './context.ts'
import { openJobContext } from './production-jobs.ts'
import { openPayments } from './production-payments.ts'

let warm: DeletionContext | undefined

/** The world of the job that deletes people and organizations. */
export function production(): DeletionContext {
  return (warm ??= openDeletionContext(new Config()))
}

function openDeletionContext(config: Config): DeletionContext {
  const tenant = {
    url: config.text('AUTH0_MANAGEMENT_URL'),
    clientId: config.text('AUTH0_MANAGEMENT_CLIENT_ID'),
    clientSecret: config.secret('AUTH0_MANAGEMENT_CLIENT_SECRET'),
  }
  return {
    ...openJobContext(config),
    payments: openPayments(config),
    identities: openAuth0(tenant),
    companies: openAuth0Companies(tenant),
  }
}
