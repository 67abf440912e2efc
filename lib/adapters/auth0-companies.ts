import type { CompanySignIns, ConnectionKind } from '../ports/company-sign-ins.ts'
import { Fault } from '../ports/fault.ts'
import { openManagement, type Tenant } from './auth0-management.ts'

interface Connected {
  connection_id: string
  connection: { name: string; strategy: string }
}

const kinds: Record<string, ConnectionKind> = { samlp: 'saml', oidc: 'oidc', okta: 'oidc' }

/** Companies by Auth0's Organizations and self-service tickets; `profile` says there what a company is asked for. */
export function openAuth0Companies({ profile = '', ...tenant }: Tenant & { profile?: string }): CompanySignIns {
  const ask = openManagement(tenant)
  const connected = async (company: string): Promise<Connected[]> => {
    const { json } = await ask('GET', `organizations/${company}/enabled_connections`)
    return (Array.isArray(json) ? json : []) as Connected[]
  }
  return {
    async open(organizationId, name) {
      const made = await ask('POST', 'organizations', { name: organizationId, display_name: name.slice(0, 255) })
      const found = made.status === 409 ? await ask('GET', `organizations/name/${organizationId}`) : made
      return textOf(found.json, 'id')
    },
    async setUp(company) {
      const [present] = await connected(company)
      const which = present
        ? { connection_id: present.connection_id }
        : { connection_config: { name: ownConnection(company) } }
      const enabled = { enabled_organizations: [{ organization_id: company }], ttl_sec: 3_600 }
      const answer = await ask('POST', `self-service-profiles/${profile}/sso-ticket`, { ...which, ...enabled })
      return textOf(answer.json, 'ticket')
    },
    connections: async (company) =>
      (await connected(company)).map(({ connection: { name, strategy } }) => ({
        name,
        kind: kinds[strategy] ?? 'other',
      })),
    async remove(company) {
      // What was connected to several organizations by hand is the tenant's, and stays.
      const own = (await connected(company)).filter(({ connection }) => connection.name === ownConnection(company))
      for (const { connection_id: id } of own) await ask('DELETE', `connections/${id}`)
      await ask('DELETE', `organizations/${company}`)
    },
    knows: async (company) => (await ask('GET', `organizations/${company}`)).status !== 404,
  }
}

const ownConnection = (company: string) => company.replaceAll('_', '-')

/** A text that an answer must hold. */
function textOf(json: unknown, name: string): string {
  const value = (json as Record<string, unknown> | undefined)?.[name]
  if (typeof value === 'string') return value
  throw new Fault('issuer', `reading its ${name}`, { retryable: false })
}
