import type { GuestRole } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'

/** What a guest may, as it is chosen. */
export const guestRoles: Record<GuestRole, () => string> = {
  viewer: m.guests_may_look,
  editor: m.guests_may_edit,
}
