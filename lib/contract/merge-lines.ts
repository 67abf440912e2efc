import { editsBetween } from './edits.ts'

export interface Versions {
  base: string
  ours: string
  theirs: string
}

/**
 * Puts two changes of one text together, line by line. Where both changed the same lines in different ways, theirs
 * stand and `conflict` is true. Line ends and a missing last newline are part of the lines and stay as they are.
 * (The libraries for this take minutes over files with many equal lines; these texts are written by anybody.)
 */
export function mergeLines({ base, ours, theirs }: Versions): { text: string; conflict: boolean } {
  const [was, mine, yours] = [linesOf(base), linesOf(ours), linesOf(theirs)]
  const inMine = placesOf(was, mine)
  const inYours = placesOf(was, yours)
  const merged: string[] = []
  let conflict = false
  let [o, a, b] = [0, 0, 0]
  for (;;) {
    const stable = nextStable(o, inMine, inYours)
    const [nextA, nextB] = [inMine[stable] ?? mine.length, inYours[stable] ?? yours.length]
    const chunk = merge(was.slice(o, stable), mine.slice(a, nextA), yours.slice(b, nextB))
    merged.push(...chunk.lines)
    conflict ||= chunk.conflict
    if (stable >= was.length) return { text: merged.join(''), conflict }
    merged.push(was[stable] ?? '')
    ;[o, a, b] = [stable + 1, nextA + 1, nextB + 1]
  }
}

/** Each line with the newline that ends it. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** For each line of `before`, where it stands in `after`; undefined when it is gone. */
function placesOf(before: readonly string[], after: readonly string[]): (number | undefined)[] {
  const places: (number | undefined)[] = []
  let at = 0
  for (const { kind } of editsBetween(before, after)) {
    if (kind !== 'added') places.push(kind === 'same' ? at : undefined)
    if (kind !== 'removed') at += 1
  }
  return places
}

/** The next line that both sides kept, or the end. */
function nextStable(from: number, inMine: readonly (number | undefined)[], inYours: readonly (number | undefined)[]) {
  let at = from
  while (at < inMine.length && (inMine[at] === undefined || inYours[at] === undefined)) at += 1
  return at
}

function merge(was: readonly string[], mine: readonly string[], yours: readonly string[]) {
  if (isEqual(yours, was) || isEqual(yours, mine)) return { lines: mine, conflict: false }
  return { lines: yours, conflict: !isEqual(mine, was) }
}

const isEqual = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((line, at) => line === other[at])
