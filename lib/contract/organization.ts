import * as z from 'zod/mini'
import { InvitationId, OrganizationId, ProjectId, UserId } from './ids.ts'
import { Instant } from './page.ts'
import { Role, Tier } from './user.ts'

export const organizationNameLimit = 60
const Name = z.string().check(z.trim(), z.minLength(1), z.maxLength(organizationNameLimit))

export const NewOrganization = z.strictObject({ name: Name })
export const OrganizationChange = z.strictObject({ name: Name })

/** An organization as one of its members sees it; `role` is the caller's. */
export const Organization = z.object({
  id: OrganizationId,
  name: z.string(),
  kind: z.enum(['personal', 'team']),
  tier: Tier,
  role: Role,
  members: z.int(),
  createdAt: Instant,
})
export type Organization = z.infer<typeof Organization>

export const Member = z.object({
  id: UserId,
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  role: Role,
  joinedAt: Instant,
})
export type Member = z.infer<typeof Member>
export const Team = z.object({ items: z.array(Member) })
export type Team = z.infer<typeof Team>

export const MemberPath = z.object({ organizationId: OrganizationId, userId: UserId })
export const MemberChange = z.strictObject({ role: Role })
/** Who owns it from now on; whoever did is an admin. */
export const NewOwner = z.strictObject({ userId: UserId })

/** Nobody is invited to own. */
export const invitedRoles = ['viewer', 'billing', 'editor', 'admin'] as const
const InvitedRole = z.enum(invitedRoles)
export const mostInvitations = 50
export const mostUses = 100
/** For how long an invitation holds, in hours. */
export const invitationHours = [24, 168, 720] as const
export const InvitationHours = z._default(z.union(invitationHours.map((hours) => z.literal(hours))), 168)

export const Email = z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254), z.email())
const MailDomain = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.maxLength(253),
    z.regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'A mail domain is a name like example.com.'),
  )

/** Sent to `email`, it is that person's alone; else it is a link for as many as `uses`, all of `domains` if there are any. */
export const NewInvitation = z
  .strictObject({
    role: z._default(InvitedRole, 'editor'),
    email: z.optional(Email),
    hours: InvitationHours,
    uses: z._default(z.int().check(z.minimum(1), z.maximum(mostUses)), 1),
    domains: z._default(z.array(MailDomain).check(z.maxLength(5)), []),
  })
  .check(
    z.refine(
      ({ email, uses, domains }) => email === undefined || (uses === 1 && domains.length === 0),
      'An invitation by mail is for one person, and needs no domains.',
    ),
  )

export const Invitation = z.object({
  id: InvitationId,
  role: InvitedRole,
  email: z.nullable(z.string()),
  domains: z.array(z.string()),
  uses: z.int(),
  used: z.int(),
  /** Who made it. */
  by: z.nullable(z.string()),
  createdAt: Instant,
  expiresAt: Instant,
})
export type Invitation = z.infer<typeof Invitation>
export const Invitations = z.object({ items: z.array(Invitation) })
export type Invitations = z.infer<typeof Invitations>

/** Its token is told once, and only when it was not mailed: it is kept by nobody but who has the link. */
export const MadeInvitation = z.extend(Invitation, { token: z.nullable(z.string()) })
export type MadeInvitation = z.infer<typeof MadeInvitation>

export const InvitationPath = z.object({ organizationId: OrganizationId, invitationId: InvitationId })
export const JoinPath = z.object({ token: z.string().check(z.minLength(20), z.maxLength(100)) })

/** What an invitation says to whoever has it. */
export const OpenedInvitation = z.object({
  organization: z.string(),
  /** The one project it is for; null is all of the organization. */
  project: z.nullable(z.string()),
  by: z.nullable(z.string()),
  role: InvitedRole,
  /** Whether it was mailed to one person. */
  personal: z.boolean(),
  expiresAt: Instant,
})
export type OpenedInvitation = z.infer<typeof OpenedInvitation>
export const Joined = z.object({
  organizationId: OrganizationId,
  projectId: z.nullable(ProjectId),
  already: z.boolean(),
})
export type Joined = z.infer<typeof Joined>
