import type { Auth0Client } from '@auth0/auth0-spa-js'
import { Problem } from './api.ts'
import type { SiteSettings } from './contract.ts'
import { m } from './messages.ts'

/** What the sign-in library answers when only a new sign-in helps. */
const ended = new Set(['invalid_grant', 'missing_refresh_token', 'login_required', 'consent_required'])

/** The sign-in library, loaded when there is something to do with it. */
export async function openAuth0({ issuer }: SiteSettings): Promise<Auth0Client> {
  const { Auth0Client: Client } = await import('@auth0/auth0-spa-js')
  return new Client({
    domain: issuer.domain,
    clientId: issuer.clientId,
    cacheLocation: 'localstorage',
    useRefreshTokens: true,
    authorizationParams: {
      audience: issuer.audience,
      scope: 'openid profile email offline_access',
      redirect_uri: `${location.origin}/callback`,
    },
  })
}

/** Why the library did not do it. */
export function refused(error: unknown): Problem {
  const code = error instanceof Error && 'error' in error ? String(error.error) : ''
  if (ended.has(code)) return signedOut()
  return new Problem('unreachable', m.site_issuer_away(), m.site_try_in_a_moment())
}

export const signedOut = () => new Problem('unauthenticated', m.site_signed_out(), m.site_sign_in_to_go_on())
