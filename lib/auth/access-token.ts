import { jwtVerify, type JWTPayload } from 'jose'
import type { SignIn } from '../domain/sign-in.ts'
import { Fault } from '../ports/fault.ts'
import { KeysUnread, openIssuerKeys } from './issuer-keys.ts'

/** The person behind an access token of the issuer, known by issuer and subject and by nothing else. */
export interface Bearer {
  issuer: string
  subject: string
  email: string | null
  name: string | null
  /** What the issuer allows beside signing in (Auth0's role-based access control). */
  permissions: readonly string[]
  expiresAt: number
  signIn: Omit<SignIn, 'sessionId'>
  /** What the issuer calls the session that the token is of; null where it tells none. */
  session: string | null
}

export interface AccessTokens {
  /** Undefined for a token that must not be accepted, whatever the reason. */
  verify(token: string): Promise<Bearer | undefined>
  /** Rejects when the issuer's keys cannot be read. */
  probe(): Promise<void>
}

/** Checks RS256 access tokens: signature by the issuer's published keys, `iss`, `aud`, `azp`, `exp` (RFC 9068, Auth0). */
export function openAccessTokens(options: { domain: string; audience: string; clientId: string }): AccessTokens {
  const origin = options.domain.startsWith('http') ? options.domain : `https://${options.domain}`
  const issuer = `${origin.replace(/\/$/, '')}/`
  const keys = openIssuerKeys(`${issuer}.well-known/jwks.json`)
  return {
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, keys.find, {
          algorithms: ['RS256'],
          issuer,
          audience: options.audience,
          requiredClaims: ['sub', 'exp', 'azp'],
          clockTolerance: 5,
        })
        return payload['azp'] === options.clientId ? bearerOf(payload) : undefined
      } catch (error) {
        if (error instanceof KeysUnread) {
          throw new Fault('issuer', 'reading its keys', { retryable: true, cause: error })
        }
        return undefined
      }
    },
    probe: () => keys.reload(),
  }
}

/**
 * Auth0 puts in an access token what is not of the standard only under a namespace, by a post-login Action: e-mail, once it
 * is verified (or else `email_verified` says that it is not), name, by what means (`amr`) and when (`auth_time`, in seconds)
 * the person proved who they are, and in which session (`sid`). Without them it was never, and in none.
 */
const namespace = 'https://everjust.dev/'

function bearerOf(payload: JWTPayload): Bearer {
  const text = (name: string) => {
    const value = payload[`${namespace}${name}`]
    return typeof value === 'string' ? value : null
  }
  const {
    iss = '',
    sub = '',
    exp = 0,
    org_id: company,
    [`${namespace}auth_time`]: at,
    [`${namespace}amr`]: means,
  } = payload
  const signIn = {
    provedAt: typeof at === 'number' ? at * 1_000 : 0,
    twoFactors: Array.isArray(means) && means.includes('mfa'),
    company: typeof company === 'string' ? company : null,
  }
  const permissions = permissionsOf(payload['permissions'])
  const expiresAt = exp * 1_000
  // An address that is told without being verified opens no invitation, so it is nobody's.
  const { [`${namespace}email_verified`]: verified = true } = payload
  const email = verified === true ? text('email') : null
  const [name, session] = [text('name'), text('sid')]
  return { issuer: iss, subject: sub, email, name, session, permissions, expiresAt, signIn }
}

const permissionsOf = (claim: unknown): string[] =>
  Array.isArray(claim) ? claim.filter((each) => typeof each === 'string') : []
