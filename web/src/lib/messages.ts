/** Every word the site says, in the reader's language: `m.home_empty()`. Written in `web/messages`, an area a file. */
export * as m from './paraglide/messages/_index.js'
export { getLocale, locales, setLocale } from './paraglide/runtime.js'
