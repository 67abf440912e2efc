import type { OrganizationId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

interface Chosen {
  secondFactor: boolean
}

/** What an organization has chosen to ask of the sign-ins of its people; what the tier says stands in the domain. */
export function signInRuleStore(transaction: Transaction) {
  return {
    async find(organizationId: OrganizationId): Promise<Chosen> {
      const [row] = await transaction<Chosen[]>`
        select second_factor as "secondFactor" from everjust.sign_in_rules where organization_id = ${organizationId}`
      return row ?? { secondFactor: false }
    },

    async choose(organizationId: OrganizationId, { secondFactor }: Chosen): Promise<void> {
      await transaction`
        insert into everjust.sign_in_rules (organization_id, second_factor) values (${organizationId}, ${secondFactor})
        on conflict (organization_id) do update set second_factor = excluded.second_factor, updated_at = now()`
    },

    /** What the issuer calls its organization for this one, and whether its people come by that one's sign-in alone. */
    async company(organizationId: OrganizationId): Promise<{ company: string | null; only: boolean }> {
      const [row] = await transaction<{ company: string | null; only: boolean }[]>`
        select issuer_organization as company, company_only as only
        from everjust.sign_in_rules where organization_id = ${organizationId}`
      return row ?? { company: null, only: false }
    },

    async keepCompany(organizationId: OrganizationId, company: string): Promise<void> {
      await transaction`
        insert into everjust.sign_in_rules (organization_id, issuer_organization) values (${organizationId}, ${company})
        on conflict (organization_id) do update set issuer_organization = excluded.issuer_organization, updated_at = now()`
    },

    async chooseCompanyOnly(organizationId: OrganizationId, only: boolean): Promise<void> {
      await transaction`
        update everjust.sign_in_rules set company_only = ${only}, updated_at = now() where organization_id = ${organizationId}`
    },
  }
}
