import type { CompanySignIn, SignedInSession } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'

export const agentName = ({ agent }: SignedInSession): string => agent ?? m.sign_in_some_program()

export const kindNames: Record<CompanySignIn['connections'][number]['kind'], () => string> = {
  saml: () => 'SAML',
  oidc: m.sign_in_company_oidc,
  other: m.sign_in_company_other,
}
