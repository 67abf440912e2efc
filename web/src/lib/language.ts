import { setLocale, type Locale } from './messages.ts'

/** Each by its own name, for those who read no other. */
export const languages: readonly { locale: Locale; name: string }[] = [
  { locale: 'en', name: 'English' },
  { locale: 'de', name: 'Deutsch' },
]

/** The page is loaded anew in the other language; what was typed is kept as a draft. */
export function chooseLanguage(locale: Locale): void {
  void setLocale(locale)
}
