import { importJWK, SignJWT, type JWK } from 'jose'
import type { Secret } from '../config.ts'

/** What a deletion says of itself: what was deleted, and how much of it each store still holds. */
export interface Attested {
  id: string
  kind: string
  subject: string
  organizationId: string
  askedAt: string
  counts: Readonly<Record<string, number>>
}

export interface Receipts {
  sign(attested: Attested): Promise<string>
}

/** For nobody's door: no gateway takes a token of this audience. */
export const receiptAudience = 'deletion-receipt'

/** Signed with the key of live tickets, whose public half everybody may have. */
export function openReceipts(privateJwk: Secret): Receipts {
  const jwk = JSON.parse(privateJwk.reveal()) as JWK
  return {
    sign: async ({ id, subject, ...rest }) =>
      new SignJWT(rest)
        .setProtectedHeader({ alg: 'EdDSA', typ: 'receipt+jwt' })
        .setJti(id)
        .setSubject(subject)
        .setAudience(receiptAudience)
        .setIssuedAt()
        .sign(await importJWK(jwk, 'EdDSA')),
  }
}
