import { escape, pageOf } from '../pages/page.ts'
import type { Sent } from './letters.ts'

/** All mail, newest first: what on this machine nobody else would ever receive. */
export const mailboxPage = (letters: readonly Sent[]): string =>
  pageOf({
    title: 'Mailbox',
    main: `<h1>Mailbox</h1>
<p class="note">Mail that EverJust sent to people. On this machine it goes nowhere else.</p>
${letters.length === 0 ? '<p class="note">Nothing yet.</p>' : `<ul class="people">${letters.toReversed().map(row).join('')}</ul>`}`,
  })

const row = ({ id, to, subject, at }: Sent): string =>
  `<li><a href="/letters/${escape(id)}"><strong>${escape(subject)}</strong><br><small>${escape(to.join(', '))} · ${escape(at.slice(0, 16).replace('T', ' '))}</small></a></li>`

export const letterPage = ({ from, to, subject, text, at }: Sent): string =>
  pageOf({
    title: subject,
    main: `<p><a href="/">Mailbox</a></p>
<h1>${escape(subject)}</h1>
<p class="note">${escape(from)} to ${escape(to.join(', '))}, ${escape(at.slice(0, 16).replace('T', ' '))} UTC</p>
${text
  .trim()
  .split(/\n{2,}/)
  .map(paragraph)
  .join('\n')}`,
  })

export const nothingHere = (): string =>
  pageOf({ title: 'Nothing here', main: '<h1>Nothing here</h1><p><a href="/">Mailbox</a></p>' })

/** A line that is an address can be followed. */
const paragraph = (text: string): string =>
  /^https?:\/\/\S+$/.test(text)
    ? `<p><a href="${escape(text)}">${escape(text)}</a></p>`
    : `<p>${escape(text).replaceAll('\n', '<br>')}</p>`
