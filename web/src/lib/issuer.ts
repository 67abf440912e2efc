import { Auth0Client, type AuthorizationParams, type User } from '@auth0/auth0-spa-js'
import type { Problem } from './api.ts'
import type { SiteSettings } from './contract.ts'
import { issuerAway, signedOut } from './signed-out.ts'

/** What the sign-in library answers when only a new sign-in helps. */
const ended = new Set(['invalid_grant', 'missing_refresh_token', 'login_required', 'consent_required'])

/** The issuer, by way of the sign-in library: each answer is a value or a `Problem`. Loaded when there is something to ask. */
export class Issuer {
  readonly #client: Auth0Client

  constructor({ issuer }: SiteSettings) {
    this.#client = new Auth0Client({
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

  /** Leaves for the sign-in page; `returnTo` is the path to come back to. */
  async leave(returnTo: string, authorizationParams: AuthorizationParams): Promise<Problem | undefined> {
    const left = this.#client.loginWithRedirect({ appState: { returnTo }, authorizationParams })
    return (await left.catch(refused)) ?? undefined
  }

  /** Takes up what the sign-in page sent back; the path to go on to, if one was given along. */
  takeUp(): Promise<{ appState?: { returnTo?: string } } | Problem> {
    return this.#client.handleRedirectCallback<{ returnTo?: string }>().catch(refused)
  }

  async token(): Promise<string | Problem> {
    return (await this.#client.getTokenSilently().catch(refused)) ?? refused(undefined)
  }

  async person(): Promise<User> {
    return (await this.#client.getUser()) ?? {}
  }

  async signOut(openUrl: (url: string) => void): Promise<Problem | undefined> {
    const leaving = this.#client.logout({ logoutParams: { returnTo: `${location.origin}/` }, openUrl })
    return (await leaving.catch(refused)) ?? undefined
  }

  /** Forgets who it was, without leaving the page. */
  async forget(): Promise<void> {
    await this.#client.logout({ openUrl: false }).catch(refused)
  }
}

function refused(error: unknown): Problem {
  const code = error instanceof Error && 'error' in error ? String(error.error) : ''
  return ended.has(code) ? signedOut() : issuerAway()
}
