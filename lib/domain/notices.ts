/** What a mail says, as plain text: it is read in any program, and shows where its link leads. */
export interface NoticeText {
  subject: string
  text: string
}

/** Every kind of notice: what its words are, and what it says. Links are paths of the site. */
const notices = {
  invitation: (words: { organization: string; by: string; path: string; until: string }) => ({
    subject: `${words.by} invites you to ${words.organization}`,
    lines: [
      `${words.by} would like to work with you in ${words.organization} on EverJust.`,
      `Accept by ${day(words.until)}:`,
      link(words.path),
      'If you expected no invitation, leave this mail alone: nothing happens then.',
    ],
  }),
} satisfies Record<string, (words: never) => { subject: string; lines: (string | Link)[] }>

export type NoticeKind = keyof typeof notices
export type WordsOf<K extends NoticeKind> = Parameters<(typeof notices)[K]>[0]

/** A notice as it was written down. */
export interface Notice {
  kind: NoticeKind
  words: object
}

/** What a notice says; `site` is the origin that its links lead to. */
export function textOf({ kind, words }: Notice, site: string): NoticeText {
  const { subject, lines } = notices[kind](words as never)
  const text = lines.map((line) => (typeof line === 'string' ? line : `${site}${line.path}`)).join('\n\n')
  return { subject: inOneLine(subject), text: `${text}\n` }
}

interface Link {
  path: string
}
const link = (path: string): Link => ({ path })

const day = (instant: string) =>
  new Date(instant).toLocaleDateString('en', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** Names are people's own words: no line break of theirs may begin another header. */
const inOneLine = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 200)
