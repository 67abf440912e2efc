import type { Match } from './code.ts'

/** Text is looked for as it stands, never as a pattern: a pattern of somebody else can take for ever. */
export interface Wanted {
  text: string
  /** Whether upper and lower case differ, and whether it must stand alone. */
  case: boolean
  word: boolean
}

const mostShown = 200

/** The expression that finds it, for finding and for replacing. */
export function patternOf({ text, case: exact, word }: Wanted): RegExp {
  const literal = text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
  const alone = word ? `(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])` : literal
  return new RegExp(alone, exact ? 'gu' : 'giu')
}

/** Where it stands in a text, line by line, at most so many times; the same in the API and in the site. */
export function findText(text: string, wanted: Wanted, most: number): Match[] {
  const pattern = patternOf(wanted)
  const found: Match[] = []
  for (const [index, whole] of text.split('\n').entries()) {
    const line = whole.replace(/\r$/, '')
    for (const match of line.matchAll(pattern)) {
      if (found.length >= most) return found
      found.push({ line: index + 1, column: match.index + 1, length: match[0].length, ...excerpt(line, match.index) })
    }
  }
  return found
}

function excerpt(line: string, at: number): Pick<Match, 'text' | 'start'> {
  const from = line.length <= mostShown ? 0 : Math.max(0, at - 40)
  return { text: line.slice(from, from + mostShown), start: at - from }
}
