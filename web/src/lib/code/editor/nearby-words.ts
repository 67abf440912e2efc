import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'

/** So many characters on either side of the cursor are read: a key costs no more in a long file than in a short one. */
const reach = 20_000

/** Words around the cursor that begin as the one that is typed does; all of them where they are asked for before a letter is. */
export function nearbyWords(context: CompletionContext): CompletionResult | null {
  const { state, pos, explicit } = context
  const own = state.languageDataAt<string>('wordChars', pos)[0] ?? ''
  const letter = `[\\p{Alphabetic}\\p{Number}_${own.replace(/[\]\\^-]/g, '\\$&')}]`
  const typed = context.matchBefore(new RegExp(`${letter}+$`, 'u'))
  if (typed ? /^\d/.test(typed.text) : !explicit) return null
  const from = typed?.from ?? pos
  const start = Math.max(0, from - reach)
  const words = new RegExp(`(?<!${letter})${first(typed?.text)}${letter}*`, 'gu')
  const found = new Set<string>()
  for (const { 0: word, index } of state.sliceDoc(start, pos + reach).matchAll(words))
    if (start + index !== from) found.add(word)
  return {
    from,
    options: Array.from(found, (label) => ({ type: 'text', label })),
    validFor: new RegExp(`^${letter}*$`, 'u'),
  }
}

/** The letter that a word is to begin with, small or large. */
function first(typed: string | undefined): string {
  const [letter] = typed ?? ''
  return letter === undefined ? '[\\p{Alphabetic}_$]' : `[${letter.toLowerCase()}${letter.toUpperCase()}]`
}
