import { openAuth0Companies } from './adapters/auth0-companies.ts'
import { Config } from './config.ts'
import type { Context } from './context.ts'
import type { CompanySignIns } from './ports/company-sign-ins.ts'
import { openContext } from './production.ts'

let warm: Context | undefined

/** The world of the web function that manages sign-ins: the other ones carry nothing of it. */
export function production(): Context {
  return (warm ??= openSignInContext(new Config()))
}

const openSignInContext = (config: Config): Context => ({
  ...openContext(config),
  companySignIns: openCompanySignIns(config),
})

/** Undefined where nobody set up at the issuer what a company is asked for: then none is connected. */
export const openCompanySignIns = (config: Config): CompanySignIns | undefined =>
  config.has('AUTH0_SSO_PROFILE')
    ? openAuth0Companies({
        url: config.text('AUTH0_MANAGEMENT_URL'),
        clientId: config.text('AUTH0_MANAGEMENT_CLIENT_ID'),
        clientSecret: config.secret('AUTH0_MANAGEMENT_CLIENT_SECRET'),
        profile: config.text('AUTH0_SSO_PROFILE'),
      })
    : undefined
