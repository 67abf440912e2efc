import * as z from 'zod/mini'
import { ProjectId, ShareId } from './ids.ts'
import { Instant } from './page.ts'

export const SharesPath = z.object({ projectId: ProjectId })
export const SharePath = z.object({ projectId: ProjectId, shareId: ShareId })

export const mostShares = 20

/** For how long a link leads to the app, in hours; the address that it leads to ends with it. */
export const shareHours = [1, 24, 168, 720] as const
export const NewShare = z.strictObject({ hours: z._default(z.union(shareHours.map((hours) => z.literal(hours))), 168) })

/** A link that shows the running app to whoever has it. */
export const Share = z.object({
  id: ShareId,
  createdAt: Instant,
  expiresAt: Instant,
  /** Who made it. */
  by: z.nullable(z.string()),
  opened: z.int(),
  openedAt: z.nullable(Instant),
})
export type Share = z.infer<typeof Share>
export const Shares = z.object({ items: z.array(Share) })
export type Shares = z.infer<typeof Shares>

/** Its token is told once, and kept by nobody but who has the link. */
export const MadeShare = z.extend(Share, { token: z.string() })
export type MadeShare = z.infer<typeof MadeShare>

export const OpenPath = z.object({ token: z.string().check(z.minLength(20), z.maxLength(100)) })
/** Who asks again while the app wakes does not count as one more; who looks at it `still` only learns whether they may. */
export const OpenQuery = z.object({ again: z._default(z.enum(['true', 'false', 'still']), 'false') })

export const OpenedShare = z.object({
  name: z.string(),
  expiresAt: Instant,
  /** Null while its sandbox wakes. */
  preview: z.nullable(z.object({ url: z.string(), expiresAt: Instant })),
  /** What happens while it wakes, and since when; null when it does not wake now. */
  waking: z.nullable(z.object({ doing: z.enum(['machine', 'files']), since: Instant })),
  /** Whether it cannot be woken now. */
  failed: z.boolean(),
})
export type OpenedShare = z.infer<typeof OpenedShare>
