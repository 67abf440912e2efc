import * as z from 'zod/mini'
import { InvitationId, ProjectId, UserId } from './ids.ts'
import { Email, InvitationHours } from './organization.ts'
import { Instant } from './page.ts'

/** Who looks at one project, or edits it, without being a member of its organization. */
const GuestRole = z.enum(['viewer', 'editor'])
export type GuestRole = z.infer<typeof GuestRole>

/** Guests of one project, those who are invited counted. */
export const mostGuests = 50

export const GuestsPath = z.object({ projectId: ProjectId })
export const GuestPath = z.object({ projectId: ProjectId, userId: UserId })
export const GuestInvitationPath = z.object({ projectId: ProjectId, invitationId: InvitationId })

/** Sent to one person, who alone can accept. */
export const NewGuest = z.strictObject({ email: Email, role: z._default(GuestRole, 'editor'), hours: InvitationHours })
export const GuestChange = z.strictObject({ role: GuestRole })

export const Guest = z.object({
  id: UserId,
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  role: GuestRole,
  joinedAt: Instant,
})
export type Guest = z.infer<typeof Guest>

export const InvitedGuest = z.object({
  id: InvitationId,
  email: z.string(),
  role: GuestRole,
  createdAt: Instant,
  expiresAt: Instant,
})
export type InvitedGuest = z.infer<typeof InvitedGuest>

/** Who was invited and has not come yet is told to admins alone. */
export const Guests = z.object({ items: z.array(Guest), invited: z.array(InvitedGuest) })
export type Guests = z.infer<typeof Guests>
