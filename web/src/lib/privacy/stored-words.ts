import type { Stored } from '#lib/contract.ts'
import { count } from '#lib/format.ts'
import { m } from '#lib/messages.ts'
import { tierNames } from '#lib/tiers/words.ts'

export function placeOf({ region, isLocal }: Stored): string {
  if (isLocal) return m.privacy_place_local()
  return region === null ? m.privacy_place_untold() : m.privacy_place_named({ region })
}

/** What is stored, and until when: the numbers are those that the API removes it by. */
export const kinds: readonly { what: () => string; until: (stored: Stored) => string }[] = [
  {
    what: m.privacy_kind_projects,
    until: ({ deletedProjectHours }) => m.privacy_until_projects({ hours: count(deletedProjectHours) }),
  },
  { what: m.privacy_kind_steps, until: ({ days }) => m.privacy_until_steps({ days: count(days.steps) }) },
  { what: m.privacy_kind_account, until: m.privacy_until_account },
  { what: m.privacy_kind_sessions, until: ({ days }) => m.privacy_until_sessions({ days: count(days.sessions) }) },
  { what: m.privacy_kind_mails, until: ({ days }) => m.privacy_until_mails({ days: count(days.mails) }) },
  { what: m.privacy_kind_archives, until: ({ days }) => m.privacy_until_archives({ days: count(days.archives) }) },
  { what: m.privacy_kind_audit, until: ({ audit }) => m.privacy_until_audit({ tiers: audit.map(daysOf).join(', ') }) },
  { what: m.privacy_kind_notes, until: ({ days }) => m.privacy_until_notes({ days: count(days.notes) }) },
  { what: m.privacy_kind_books, until: m.privacy_until_books },
  { what: m.privacy_kind_receipts, until: m.privacy_until_receipts },
]

const daysOf = ({ tier, days }: Stored['audit'][number]) =>
  m.privacy_tier_days({ tier: tierNames[tier](), days: count(days) })
