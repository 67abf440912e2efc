import * as z from 'zod/mini'
import { IdentityId } from './ids.ts'
import { Instant } from './page.ts'

/** Whichever stands with the person from the start has no name of its own. */
const IdentityName = z.union([IdentityId, z.literal('first')])
export const IdentityPath = z.object({ identityId: IdentityName })

/** An account of the issuer by which the caller signs in. */
export const Identity = z.object({
  id: IdentityName,
  /** Whether the caller came by it. */
  current: z.boolean(),
  email: z.nullable(z.string()),
  /** By what the issuer knows them: `auth0` is a password, others are called as the issuer calls them. */
  way: z.string(),
  since: Instant,
})
export type Identity = z.infer<typeof Identity>
export const Identities = z.object({ items: z.array(Identity) })
export type Identities = z.infer<typeof Identities>

/** Told this once; good for a few minutes, and for the session that asked. */
export const LinkTicket = z.object({ ticket: z.string(), expiresAt: Instant })
export type LinkTicket = z.infer<typeof LinkTicket>

/** What the first account asked for, and its access token: whoever has but one of them links nothing. */
export const Linking = z.strictObject({
  ticket: z.string().check(z.minLength(16), z.maxLength(200)),
  token: z.string().check(z.minLength(16), z.maxLength(4_096)),
})
export type Linking = z.infer<typeof Linking>
