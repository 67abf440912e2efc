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
  paymentFailed: (words: { organization: string; until: string; path: string }) => ({
    subject: `A payment for ${words.organization} failed`,
    lines: [
      `The card for ${words.organization} on EverJust could not be charged. Everything stays as it is until ${day(words.until)}.`,
      'Then the plan becomes the free one: nothing is deleted, but what is beyond it stops or can only be read.',
      'Use another card here:',
      link(words.path),
    ],
  }),
  paymentReminder: (words: { organization: string; until: string; path: string }) => ({
    subject: `The plan of ${words.organization} ends on ${day(words.until)}`,
    lines: [
      `A payment for ${words.organization} on EverJust is still open. On ${day(words.until)} its plan becomes the free one.`,
      'Nothing is deleted then. Use another card here:',
      link(words.path),
    ],
  }),
  paymentMended: (words: { organization: string; path: string }) => ({
    subject: `${words.organization} is paid again`,
    lines: [`The payment for ${words.organization} on EverJust went through. Its plan goes on.`, link(words.path)],
  }),
  planEnded: (words: { organization: string; path: string }) => ({
    subject: `${words.organization} is on the free plan now`,
    lines: [
      `The paid plan of ${words.organization} on EverJust is over.`,
      'Nothing was deleted. What is beyond the free plan stops or can only be read, and comes back with a paid one:',
      link(words.path),
    ],
  }),
  signInLinked: (words: { account: string; linked: string; path: string }) => ({
    subject: 'Another sign-in was linked to your account',
    lines: [
      `From now on ${words.linked} signs in to the account of ${words.account} on EverJust, as both proved a moment ago.`,
      'If that was not you, take the link away here, and end the sessions you do not know:',
      link(words.path),
    ],
  }),
  signInUnlinked: (words: { account: string; gone: string; path: string }) => ({
    subject: 'A sign-in was taken from your account',
    lines: [
      `From now on ${words.gone} does not sign in to the account of ${words.account} on EverJust any more; whoever was signed in by it is signed out.`,
      'If that was not you, end the sessions you do not know, and tell us:',
      link(words.path),
    ],
  }),
  exportReady: (words: { path: string }) => ({
    subject: 'Your data is ready',
    lines: [
      'All that EverJust holds about you is put together, as you asked. For a week you find the archives here:',
      link(words.path),
      'If you did not ask for it, end the sessions you do not know in the settings, and tell us.',
    ],
  }),
  suspended: (words: { whom: string; reason: string }) => ({
    subject: `${words.whom} is suspended`,
    lines: [
      `Those who run this installation of EverJust have suspended ${words.whom}. They say why:`,
      words.reason,
      'What was running stops and every request is refused. Nothing is deleted. If you think that this is a mistake, answer this mail.',
    ],
  }),
  runStopped: (words: { project: string; reason: string; path: string }) => ({
    subject: `A run in ${words.project} was stopped`,
    lines: [
      `Those who run this installation of EverJust have stopped what you asked for in ${words.project}. They say why:`,
      words.reason,
      'What it made by its last step is kept, and what it did not use is yours again:',
      link(words.path),
    ],
  }),
  readmitted: (words: { whom: string }) => ({
    subject: `${words.whom} can work again`,
    lines: [`${words.whom} is not suspended any more. Everything is where it was:`, link('/')],
  }),
  allowance: (words: { organization: string; what: string; used: number; most: number; resetsAt: string }) => ({
    subject: `${words.organization} has used ${words.used >= words.most ? 'all' : 'most'} of this month’s ${words.what}`,
    lines: [
      `${words.organization} has used ${round(words.used)} of the ${round(words.most)} ${words.what} of this month.`,
      words.used >= words.most
        ? `Nothing more of it starts until ${day(words.resetsAt)}. What is stored can be read and changed.`
        : `They start anew on ${day(words.resetsAt)}. When they are used up nothing more of it starts until then.`,
      'More comes with a larger tier:',
      link('/pricing'),
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

const round = (count: number) => Math.round(count * 10) / 10

const day = (instant: string) =>
  new Date(instant).toLocaleDateString('en', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** Names are people's own words: no line break of theirs may begin another header. */
const inOneLine = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 200)
