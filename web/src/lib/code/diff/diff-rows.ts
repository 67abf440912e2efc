import type { VersionDiff } from '#lib/contract.ts'

export type FileDiff = VersionDiff['files'][number]
type Hunk = NonNullable<FileDiff['hunks']>[number]

export interface DiffRow {
  kind: 'same' | 'added' | 'removed'
  old: number | null
  fresh: number | null
  text: string
}

/** The lines of a hunk with the numbers they have on each side. */
export function rowsOf({ oldStart, newStart, lines }: Hunk): DiffRow[] {
  let [old, fresh] = [oldStart, newStart]
  return lines.map(({ kind, text }) => ({
    kind,
    text,
    old: kind === 'added' ? null : old++,
    fresh: kind === 'removed' ? null : fresh++,
  }))
}

export interface Pair {
  before: DiffRow | null
  after: DiffRow | null
}

/** The same side by side: what went stands beside what came in its place. */
export function pairsOf(rows: readonly DiffRow[]): Pair[] {
  const pairs: Pair[] = []
  let gone: DiffRow[] = []
  for (const row of rows) {
    if (row.kind === 'removed') {
      gone.push(row)
      pairs.push({ before: row, after: null })
      continue
    }
    const beside = row.kind === 'added' ? gone.shift() : undefined
    const place = beside && pairs.find(({ before }) => before === beside)
    if (place) place.after = row
    else pairs.push({ before: row.kind === 'same' ? row : null, after: row })
    if (row.kind === 'same') gone = []
  }
  return pairs
}

export function countOf({ hunks }: FileDiff): { added: number; removed: number } {
  const lines = hunks?.flatMap((hunk) => hunk.lines) ?? []
  return {
    added: lines.filter(({ kind }) => kind === 'added').length,
    removed: lines.filter(({ kind }) => kind === 'removed').length,
  }
}
