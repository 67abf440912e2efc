import type * as z from 'zod/mini'
import type { DiffLine, Hunk } from '../contract/version.ts'
import { editsBetween, type Edit } from '../contract/edits.ts'

const context = 3

/** What changed between two texts, as hunks with three lines around each change; line numbers count from 1. */
export function hunksBetween(before: string, after: string): z.infer<typeof Hunk>[] {
  const edits = editsBetween(linesOf(before), linesOf(after))
  return rangesOf(edits).map(([from, to]) => hunkOf(edits, from, to))
}

function linesOf(text: string): string[] {
  if (text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** Where the hunks begin and end in the list of edits; changes closer than twice the context share one. */
function rangesOf(edits: readonly Edit[]): [from: number, to: number][] {
  const ranges: [number, number][] = []
  for (const [at, { kind }] of edits.entries()) {
    if (kind === 'same') continue
    const last = ranges.at(-1)
    const to = Math.min(edits.length, at + context + 1)
    if (last && at - context <= last[1]) last[1] = to
    else ranges.push([Math.max(0, at - context), to])
  }
  return ranges
}

function hunkOf(edits: readonly Edit[], from: number, to: number): z.infer<typeof Hunk> {
  const counted = (side: 'added' | 'removed') => edits.slice(0, from).filter(({ kind }) => kind !== side).length + 1
  const lines: z.infer<typeof DiffLine>[] = edits.slice(from, to)
  return { oldStart: counted('added'), newStart: counted('removed'), lines }
}
