import { unescaped } from '#lib/site/entities.ts'
import { Refused } from './direct-change.ts'

/** What a page shows of words that stand in markup. */
const shown = (written: string) =>
  unescaped(written, () => {
    throw new Refused('words')
  })

const oneLine = (words: string) => words.replaceAll(/\s+/g, ' ').trim()

/** Refuses code that does not say what the page showed: then it is another place, or it has changed. */
export function mustSay(written: string, { words }: { words: string | null }): void {
  if (words === null || oneLine(shown(written)) !== oneLine(words)) throw new Refused('words')
}

const signs: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '{': '&#123;',
  '}': '&#125;',
  '\u00a0': '&nbsp;',
}

/** New words in place of old ones, with the space that stands around these. */
export function inPlaceOf(written: string, text: string, escaped: RegExp): string {
  const [before = ''] = /^\s*/.exec(written) ?? []
  const [after = ''] = /\s*$/.exec(written) ?? []
  const line = text.replaceAll(/[\r\n\t]+/g, ' ').trim()
  return before + line.replaceAll(escaped, (sign) => signs[sign] ?? sign) + after
}
