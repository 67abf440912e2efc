import * as z from 'zod/mini'
import { SessionId } from './ids.ts'
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
