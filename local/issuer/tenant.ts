import type { Companies } from './companies.ts'
import type { Keys } from './keys.ts'
import type { People } from './people.ts'

/** What one running issuer knows: its address, its people and keys, and the one application it signs in. */
export type Tenant = {
  origin: string
  /** Auth0's issuers end with a slash. */
  issuer: string
  audience: string
  clientId: string
  webOrigins: string[]
  callbacks: string[]
  people: People
  companies: Companies
  keys: Keys
}

export const MANAGEMENT_CLIENT = 'everjust-management'
export const MANAGEMENT_SCOPES = [
  ...['read:users', 'update:users', 'delete:users', 'read:roles'],
  ...['create:organizations', 'read:organizations', 'read:organization_connections', 'create:sso_access_tickets'],
  ...['delete:organizations', 'delete:connections'],
]

/** The audience of the management API, which is also its address. */
export const managementAudience = ({ origin }: Tenant): string => `${origin}/api/v2/`

/** The permissions each API knows; undefined for an API nobody registered. */
export const scopesOf = (tenant: Tenant, api: string): string[] | undefined => {
  if (api === tenant.audience) return [...new Set(tenant.people.all().flatMap((person) => person.permissions))]
  return api === managementAudience(tenant) ? MANAGEMENT_SCOPES : undefined
}
