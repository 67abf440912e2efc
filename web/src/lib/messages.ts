import { getLocale, getTextDirection, overwriteGetLocale } from './paraglide/runtime.js'

/** Every word the site says, in the reader's language: `m.home_empty()`. Written in `web/messages`, an area a file. */
export * as m from './paraglide/messages/_index.js'
export { getLocale, setLocale, type Locale } from './paraglide/runtime.js'

// A page is in one language from its first word to its last: another choice loads it anew.
const locale = getLocale()
overwriteGetLocale(() => locale)

/** Tells the browser, and with it screen readers and hyphenation, which language the page is in. */
export function nameLanguage(root: HTMLElement): void {
  root.lang = locale
  root.dir = getTextDirection(locale)
}
