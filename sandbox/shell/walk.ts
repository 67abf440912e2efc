import { readdirSync, readFileSync, statSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import type { SearchMatch, SearchQuery } from '../../lib/contract/shell.ts'
import { matchIn } from './match.ts'

const left = new Set(['.git', 'node_modules', 'dist', '.vite'])
const mostBytes = 2 * 1024 * 1024

/** The search where there is no ripgrep: a program of its own that reads every file and prints each match as a line. */
export function walk(query: string): void {
  const asked = JSON.parse(query) as SearchQuery
  const pattern = patternOf(asked)
  if (typeof pattern === 'string') {
    process.stderr.write(pattern)
    process.exitCode = 2
    return
  }
  for (const path of filesBelow(''))
    if (isIncluded(path, asked.include)) for (const match of matchesOf(path, pattern)) tell(match)
}

const tell = (match: SearchMatch) => process.stdout.write(`${JSON.stringify(match)}\n`)

export const readWalk = (line: string): SearchMatch[] => [JSON.parse(line) as SearchMatch]

function patternOf({ q, regexp, case: exact, word }: SearchQuery): RegExp | string {
  const source = regexp ? q : q.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  try {
    return new RegExp(word ? `\\b(?:${source})\\b` : source, exact ? 'gu' : 'giu')
  } catch (error) {
    return error instanceof Error ? error.message : 'The pattern is not one.'
  }
}

function* filesBelow(folder: string): Generator<string> {
  const entries = readdirSync(folder || '.', { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    if (left.has(entry.name)) continue
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (entry.isFile() && statSync(path).size <= mostBytes) yield path
  }
}

function isIncluded(path: string, include: string | undefined): boolean {
  if (!include) return true
  return matchesGlob(path, include.includes('/') ? include.replace(/^\//, '') : `**/${include}`)
}

function* matchesOf(path: string, pattern: RegExp): Generator<SearchMatch> {
  const content = readFileSync(path)
  if (content.subarray(0, 8_000).includes(0)) return
  let line = 0
  for (const text of content.toString('utf8').split(/\r?\n/)) {
    line++
    for (const { index, 0: found } of text.matchAll(pattern)) {
      if (found.length > 0) yield matchIn({ path, line, text, start: index, end: index + found.length })
    }
  }
}
