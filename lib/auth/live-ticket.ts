import { exportJWK, importJWK, SignJWT, type JWK } from 'jose'
import type { ProjectId, UserId } from '../contract/ids.ts'
import type { shellRight } from '../contract/live.ts'
import type { carrierRole } from '../contract/mail.ts'
import type { Role } from '../contract/user.ts'
import type { Secret } from '../config.ts'

/** Tickets for the live gateway: Ed25519 JWTs, so that a sandbox which only knows the public half cannot make one. */
export interface LiveTickets {
  mint(holder: Holder, seconds: number): Promise<string>
  /** What a gateway checks tickets with. */
  publicKey(): Promise<Record<string, unknown>>
}

/** A person who watches, and may open shells or not; or the control plane itself when it fetches the mail. */
type Holder = { projectId: ProjectId } & (
  | { userId: UserId; role: Role; may: readonly (typeof shellRight)[] }
  | { userId: 'everjust'; role: typeof carrierRole; may: readonly [] }
)

export function openLiveTickets(privateJwk: Secret): LiveTickets {
  const jwk = JSON.parse(privateJwk.reveal()) as JWK
  let key: ReturnType<typeof importJWK> | undefined
  return {
    mint: async ({ projectId, userId, role, may }, seconds) =>
      new SignJWT({ role, may })
        .setProtectedHeader({ alg: 'EdDSA' })
        .setSubject(userId)
        .setAudience(projectId)
        .setExpirationTime(`${seconds}s`)
        .sign(await (key ??= importJWK(jwk, 'EdDSA'))),
    publicKey: async () => {
      const { d: _, ...publicHalf } = jwk
      return { ...(await exportJWK(await importJWK(publicHalf, 'EdDSA'))) }
    },
  }
}
