import * as z from 'zod/mini'
import { OrganizationId, SessionId } from './ids.ts'
import { Instant } from './page.ts'

/** One of the caller's, or that by which the caller comes. */
export const SessionPath = z.object({ sessionId: z.union([SessionId, z.literal('current')]) })

/** Where the caller is signed in. */
export const Session = z.object({
  id: SessionId,
  /** Whether the caller came by it. */
  current: z.boolean(),
  /** Browser and system. */
  agent: z.nullable(z.string()),
  /** The shortened address that it was seen from last. */
  origin: z.nullable(z.string()),
  twoFactors: z.boolean(),
  startedAt: Instant,
  /** To the hour. */
  seenAt: Instant,
})
export type Session = z.infer<typeof Session>
export const Sessions = z.object({ items: z.array(Session) })
export type Sessions = z.infer<typeof Sessions>

export const SignInPath = z.object({ organizationId: OrganizationId })

/** What an organization asks of the sign-ins of its people. */
export const SignInRules = z.object({
  /** Whether they need a second factor; `byTier` when the plan says so, whatever is chosen. */
  secondFactor: z.boolean(),
  byTier: z.boolean(),
  /** Whether the plan lets an owner ask for it. */
  mayAsk: z.boolean(),
})
export type SignInRules = z.infer<typeof SignInRules>

export const SignInChange = z.strictObject({ secondFactor: z.boolean() })

/** The sign-in of an organization's company, by a directory of its own. */
export const CompanySignIn = z.object({
  /** Whether the plan lets it, and this installation can. */
  offered: z.boolean(),
  connections: z.array(z.object({ name: z.string(), kind: z.enum(['saml', 'oidc', 'other']) })),
  /** Whether everybody but owners comes by it alone. */
  only: z.boolean(),
})
export type CompanySignIn = z.infer<typeof CompanySignIn>

export const CompanyChange = z.strictObject({ only: z.boolean() })
