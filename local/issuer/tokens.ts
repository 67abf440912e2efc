import * as jose from 'jose'
import type { Keys } from './keys.ts'
import type { Person } from './people.ts'

export const ACCESS_TOKEN_SECONDS = 3600

/** Claims that are not of a standard must carry a namespace, as in tokens of the real tenant. */
export const NAMESPACE = 'https://everjust.dev/'

/** How the sign-in behind a token was: when, in seconds, by which means, and in which session of the browser. */
export type SignedIn = { at: number; means: string[]; session?: string | undefined }

/** What every access token of a person says about them and their sign-in. */
export const personClaims = (person: Person, { at, means, session }: SignedIn) => ({
  permissions: person.permissions,
  ...(person.company && { org_id: person.company }),
  [`${NAMESPACE}email`]: person.email,
  [`${NAMESPACE}email_verified`]: true,
  [`${NAMESPACE}name`]: person.name,
  [`${NAMESPACE}auth_time`]: at,
  [`${NAMESPACE}amr`]: means,
  ...(session && { [`${NAMESPACE}sid`]: session }),
})

export type Minting = { keys: Keys; issuer: string; audience: string; clientId: string }

/** Signs an access token for a person without a browser: the same shape, key and life as one from the sign-in. */
export const mintToken = async ({ keys, issuer, audience, clientId }: Minting, person: Person): Promise<string> =>
  new jose.SignJWT({
    ...personClaims(person, { at: Math.floor(Date.now() / 1000), means: ['pwd'] }),
    azp: clientId,
    scope: 'openid profile email',
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys.signing.kid })
    .setIssuer(issuer)
    .setSubject(person.id)
    .setAudience([audience, `${issuer}userinfo`])
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
    .sign(await jose.importJWK(keys.signing, 'RS256'))
