import { operatorPermission, type SiteSettings } from './contract.ts'

/** The sign-in library keeps what it has under this prefix; without any, nobody is signed in and it need not be loaded. */
const prefix = '@@auth0spajs@@'
/** A token that ends sooner is renewed by the library, before a request is sent with it. */
const leewaySeconds = 60

interface Entry {
  body?: { access_token?: string }
  /** Seconds since 1970. */
  expiresAt?: number
}
interface UserEntry {
  decodedToken?: { user?: { name?: string; email?: string } }
}

export function wasSignedIn(): boolean {
  return Object.keys(localStorage).some((key) => key.startsWith(prefix))
}

/**
 * A token that still holds and whose it is, as the library has kept them: `ICache` is its public interface. The library
 * itself weighs more than all the rest of a page, so it comes only when there is something to renew. Undefined otherwise.
 */
export function keptSignIn({ issuer: { clientId, audience } }: SiteSettings) {
  const begin = `${prefix}::${clientId}::`
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${begin}${audience}::`))
  const soon = Date.now() / 1_000 + leewaySeconds
  const entry = keys.map((key) => read<Entry>(key)).find((found) => (found?.expiresAt ?? 0) > soon)
  const user = read<UserEntry>(`${begin}@@user@@`)?.decodedToken?.user
  const token = entry?.body?.access_token
  return token && user ? { token, user } : undefined
}

/** Whether a token says that its person runs the installation. Only what is shown hangs on it: the API decides. */
export function operates(token: string): boolean {
  try {
    const claims = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as {
      permissions?: unknown
    }
    return Array.isArray(claims.permissions) && claims.permissions.includes(operatorPermission)
  } catch {
    return false
  }
}

function read<T>(key: string): T | undefined {
  return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined
}
