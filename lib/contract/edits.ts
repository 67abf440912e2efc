export interface Edit {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** More differences than this are not searched for the shortest way: everything between is told as replaced. */
const mostDifferences = 1_500

/** The shortest list of edits from one list of lines to another (Myers, "An O(ND) Difference Algorithm", 1986). */
export function editsBetween(before: readonly string[], after: readonly string[]): Edit[] {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1
  let tail = 0
  const most = Math.min(before.length, after.length) - head
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1

  const old = before.slice(head, before.length - tail)
  const fresh = after.slice(head, after.length - tail)
  const edits = shortest(old, fresh) ?? [...marked(old, 'removed'), ...marked(fresh, 'added')]
  const end = before.slice(before.length - tail)
  return [...marked(before.slice(0, head), 'same'), ...edits, ...marked(end, 'same')]
}

const marked = (lines: readonly string[], kind: Edit['kind']): Edit[] => lines.map((text) => ({ kind, text }))

interface Texts {
  old: readonly string[]
  fresh: readonly string[]
}

/** How many old lines are behind the furthest way along each diagonal. */
interface Frontier {
  at: Int32Array
  middle: number
}

/** Undefined when the texts differ in more places than are searched. */
function shortest(old: readonly string[], fresh: readonly string[]): Edit[] | undefined {
  const most = Math.min(old.length + fresh.length, mostDifferences)
  const reached: Frontier = { at: new Int32Array(2 * most + 3), middle: most + 1 }
  const rounds: Frontier[] = []
  for (let differences = 0; differences <= most; differences += 1) {
    rounds.push(copyOf(reached, differences))
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const x = slide(stepOnto(diagonal, differences, reached).x, diagonal, { old, fresh })
      reached.at[reached.middle + diagonal] = x
      if (x >= old.length && x - diagonal >= fresh.length) return walkBack(rounds, { old, fresh })
    }
  }
  return undefined
}

const far = ({ at, middle }: Frontier, diagonal: number) => at[middle + diagonal] ?? 0

const copyOf = ({ at, middle }: Frontier, reach: number): Frontier => ({
  at: at.slice(middle - reach, middle + reach + 1),
  middle: reach,
})

/** The last edit on the way to a diagonal: down adds a line, right removes one; and where it lands. */
function stepOnto(diagonal: number, differences: number, reached: Frontier): { down: boolean; x: number } {
  if (differences === 0) return { down: false, x: 0 }
  const [left, right] = [far(reached, diagonal - 1), far(reached, diagonal + 1)]
  const down = diagonal === -differences || (diagonal !== differences && left < right)
  return { down, x: down ? right : left + 1 }
}

function slide(from: number, diagonal: number, { old, fresh }: Texts): number {
  let x = from
  while (x < old.length && x - diagonal < fresh.length && old[x] === fresh[x - diagonal]) x += 1
  return x
}

function walkBack(rounds: readonly Frontier[], { old, fresh }: Texts): Edit[] {
  const edits: Edit[] = []
  let x = old.length
  let y = fresh.length
  for (const [differences, reached] of [...rounds.entries()].reverse()) {
    const step = stepOnto(x - y, differences, reached)
    for (; x > step.x; x -= 1, y -= 1) edits.push({ kind: 'same', text: old[x - 1] ?? '' })
    if (differences === 0) return edits.reverse()
    if (step.down) y -= 1
    else x -= 1
    edits.push(step.down ? { kind: 'added', text: fresh[y] ?? '' } : { kind: 'removed', text: old[x] ?? '' })
  }
  return edits.reverse()
}
