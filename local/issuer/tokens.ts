import * as jose from 'jose'
import type { Keys } from './keys.ts'
import type { Person } from './people.ts'

export const ACCESS_TOKEN_SECONDS = 3600

/** Claims that are not of a standard must carry a namespace, as in tokens of the real tenant. */
export const NAMESPACE = 'https://everjust.dev/'

/** What every access token of a person says about them. */
export const personClaims = (person: Person) => ({
  permissions: person.permissions,
  [`${NAMESPACE}email`]: person.email,
  [`${NAMESPACE}name`]: person.name,
})

export type Minting = { keys: Keys; issuer: string; audience: string; clientId: string }

/** Signs an access token for a person without a browser: the same shape, key and life as one from the sign-in. */
export const mintToken = async ({ keys, issuer, audience, clientId }: Minting, person: Person): Promise<string> =>
  new jose.SignJWT({ ...personClaims(person), azp: clientId, scope: 'openid profile email' })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys.signing.kid })
    .setIssuer(issuer)
    .setSubject(person.id)
    .setAudience([audience, `${issuer}userinfo`])
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
    .sign(await jose.importJWK(keys.signing, 'RS256'))
