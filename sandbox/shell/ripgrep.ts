import type { SearchMatch, SearchQuery } from '../../lib/contract/shell.ts'
import { parsed } from '../parsed.ts'
import { matchIn } from './match.ts'

/** ripgrep, told to look at what belongs to the project and to say what it finds as JSON. */
export function ripgrepArguments({ q, regexp, case: exact, word, include }: SearchQuery): string[] {
  return [
    ...['--json', '--no-config', '--hidden', '--no-require-git', '--max-filesize', '2M', '--sort', 'path'],
    ...['--glob', '!.git', '--glob', '!node_modules'],
    ...(include ? ['--glob', include] : []),
    ...(exact ? ['--case-sensitive'] : ['--ignore-case']),
    ...(word ? ['--word-regexp'] : []),
    ...(regexp ? [] : ['--fixed-strings']),
    ...['--regexp', q, '--', './'],
  ]
}

interface Said {
  type: string
  data: { path?: Text; lines?: Text; line_number?: number; submatches?: { start: number; end: number }[] }
}
interface Text {
  text?: string
}

/** The matches that one line of its output tells of. */
export function readRipgrep(line: string): SearchMatch[] {
  const said = parsed(line) as Said | undefined
  const { path, lines, line_number: number = 0, submatches = [] } = said?.data ?? {}
  // What is not UTF-8 comes in base64, and is nothing a person edits here.
  if (said?.type !== 'match' || path?.text === undefined || lines?.text === undefined) return []
  const bytes = Buffer.from(lines.text)
  const text = lines.text.replace(/\r?\n$/, '')
  const place = { path: path.text.replace(/^\.\//, ''), line: number, text }
  // Places are told in bytes.
  const units = (at: number) => bytes.subarray(0, at).toString().length
  return submatches.map(({ start, end }) => matchIn({ ...place, start: units(start), end: units(end) }))
}
