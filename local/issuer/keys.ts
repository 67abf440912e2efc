import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import * as jose from 'jose'
import * as z from 'zod'
import { readJson, writeJson } from '../json-file.ts'

const keys = z.object({
  signing: z.object({ kty: z.literal('RSA'), n: z.string(), e: z.string(), kid: z.string() }).loose(),
  cookies: z.string(),
  managementSecret: z.string(),
})

export type Keys = z.infer<typeof keys>

/** The issuer's secrets: made at the first start, kept 0600, so that tokens and sessions outlive a restart. */
export const openKeys = async (dataDir: string): Promise<Keys> => {
  const file = join(dataDir, 'keys.json')
  const known = await readJson(file, keys)
  if (known) return known
  const { privateKey } = await jose.generateKeyPair('RS256', { extractable: true })
  const jwk = await jose.exportJWK(privateKey)
  const kid = await jose.calculateJwkThumbprint(jwk)
  const fresh = keys.parse({
    signing: { ...jwk, kid, alg: 'RS256', use: 'sig' },
    cookies: randomBytes(32).toString('base64url'),
    managementSecret: randomBytes(32).toString('base64url'),
  })
  await writeJson(file, fresh)
  return fresh
}

/** The public half, as verifiers see it. */
export const publicKeys = ({ signing: { kty, n, e, kid } }: Keys) =>
  jose.createLocalJWKSet({ keys: [{ kty, n, e, kid, alg: 'RS256', use: 'sig' }] })
