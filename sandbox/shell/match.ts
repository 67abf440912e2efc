import type { SearchMatch } from '../../lib/contract/shell.ts'

const mostText = 240
const before = 60

interface Found {
  path: string
  line: number
  text: string
  start: number
  end: number
}

/** A match with as much of its line as is worth showing: of a long one the part around it. */
export function matchIn({ path, line, text, start, end }: Found): SearchMatch {
  const from = text.length <= mostText ? 0 : Math.max(0, start - before)
  const shown = text.slice(from, from + mostText)
  return { path, line, column: start + 1, length: end - start, text: shown, from }
}
