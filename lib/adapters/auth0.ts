import type { Identities } from '../ports/identities.ts'
import { openManagement, type Tenant } from './auth0-management.ts'

/** Accounts at Auth0, which an application that may read and delete users removes. */
export function openAuth0(tenant: Tenant): Identities {
  const ask = openManagement(tenant)
  const at = (subject: string) => `users/${encodeURIComponent(subject)}`
  return {
    remove: async (subject) => void (await ask('DELETE', at(subject))),
    knows: async (subject) => (await ask('GET', at(subject))).status !== 404,
  }
}
