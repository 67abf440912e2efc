import { type Invitation, type Role } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'

export const roleNames: Record<Role, () => string> = {
  owner: m.teams_role_owner,
  admin: m.teams_role_admin,
  editor: m.teams_role_editor,
  billing: m.teams_role_billing,
  viewer: m.teams_role_viewer,
}

/** What each role may, in a sentence. */
export const roleMeanings: Record<Invitation['role'], () => string> = {
  viewer: m.teams_may_viewer,
  billing: m.teams_may_billing,
  editor: m.teams_may_editor,
  admin: m.teams_may_admin,
}

/** For how long an invitation holds, in hours. */
export const lengths = [
  { hours: 24, name: m.teams_day },
  { hours: 168, name: m.teams_week },
  { hours: 720, name: m.teams_month },
] as const
