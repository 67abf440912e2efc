import type { Announcement, NewAnnouncement } from '#lib/contract.ts'

/** What somebody types who tells everybody something; days and times are those of their own clock. */
export interface Typed {
  tone: NewAnnouncement['tone']
  en: string
  de: string
  from: string
  until: string
  dismissible: boolean
}

export const untyped: Typed = { tone: 'news', en: '', de: '', from: '', until: '', dismissible: true }

/** An empty beginning is now, an empty end is none. */
export const announcementOf = ({ tone, en, de, from, until, dismissible }: Typed): NewAnnouncement => ({
  tone,
  words: { en: en.trim(), de: de.trim() || null },
  from: (from ? new Date(from) : new Date()).toISOString(),
  until: until ? new Date(until).toISOString() : null,
  dismissible,
})

/** Why it cannot be said like this. */
export function objectionTo({ en, from, until }: Typed): 'words' | 'times' | null {
  if (en.trim().length < 3) return 'words'
  const begins = Math.max(Date.now(), from ? Date.parse(from) : 0)
  return until && Date.parse(until) <= begins ? 'times' : null
}

export function phaseOf({ from, until }: Announcement, now: number): 'coming' | 'shown' | 'over' {
  if (until !== null && Date.parse(until) <= now) return 'over'
  return Date.parse(from) > now ? 'coming' : 'shown'
}
