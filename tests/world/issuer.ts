import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { close, listen } from '../../local/listen.ts'

export const audience = 'https://api.everjust.test'
export const clientId = 'site'

export interface TestIssuer {
  domain: string
  /** A token that is right in everything but what is overridden; `undefined` leaves a claim out. */
  token(claims: JWTPayload): Promise<string>
  publicJwk: Record<string, unknown>
  privateJwk: Record<string, unknown>
  /** How often the keys were read. */
  reads(): number
  close(): Promise<void>
}

/** An issuer whose key the tests hold, so that they can sign what a real one never would. */
export async function openIssuer(): Promise<TestIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  // Without `alg`: what pins the algorithm must be the API itself.
  const publicJwk = { ...(await exportJWK(publicKey)), kid: 'test', use: 'sig' }
  const privateJwk = await exportJWK(privateKey)
  let reads = 0
  const server = createServer((_, response) => {
    reads += 1
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [publicJwk] }))
  })
  const domain = `http://127.0.0.1:${await listen(server, 0)}`
  const usual = () => ({
    iss: `${domain}/`,
    aud: [audience, `${domain}/userinfo`],
    azp: clientId,
    exp: Math.floor(Date.now() / 1_000) + 3_600,
    'https://everjust.dev/email_verified': true,
    'https://everjust.dev/auth_time': Math.floor(Date.now() / 1_000),
  })
  return {
    domain,
    publicJwk,
    privateJwk,
    token: (claims) =>
      new SignJWT({ ...usual(), ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'test' }).sign(privateKey),
    reads: () => reads,
    close: () => close(server),
  }
}
