import type { CompanySignIn, SignedInSession, SignInIdentity } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'

export const agentName = ({ agent }: SignedInSession): string => agent ?? m.sign_in_some_program()

export const listPage = '/settings/sign-in'
export const linkPage = '/settings/sign-in/link'

export const addressOf = ({ email }: SignInIdentity): string => email ?? m.sign_in_no_address()

const wayNames: Record<string, () => string> = {
  auth0: m.sign_in_way_password,
  email: m.sign_in_way_mail,
  'google-oauth2': m.sign_in_way_google,
  github: m.sign_in_way_github,
  windowslive: m.sign_in_way_microsoft,
  apple: m.sign_in_way_apple,
}
/** One that nobody has named here is told as the issuer calls it. */
export const wayName = ({ way }: SignInIdentity): string => wayNames[way]?.() ?? way

export const kindNames: Record<CompanySignIn['connections'][number]['kind'], () => string> = {
  saml: () => 'SAML',
  oidc: m.sign_in_company_oidc,
  other: m.sign_in_company_other,
}
