import type { Change } from './wire.ts'

interface File {
  sha256: string
  mode: string
  text: string | null
}

/** What differs between two looks at a folder, by path, with the number of lines that came and went. */
export function changesBetween(before: ReadonlyMap<string, File>, after: ReadonlyMap<string, File>): Change[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return paths.flatMap((path) => {
    const [old, now] = [before.get(path), after.get(path)]
    if (old && now && old.sha256 === now.sha256 && old.mode === now.mode) return []
    const change = !old ? 'added' : !now ? 'removed' : 'modified'
    return [{ path, change, ...countLines(old ? old.text : '', now ? now.text : '') } as const]
  })
}

/** Lines of `after` that `before` has not, and the other way round; a line that only moved counts as neither. */
export function countLines(before: string | null, after: string | null): { added: number; removed: number } {
  if (before === null || after === null) return { added: 0, removed: 0 }
  const left = linesOf(before)
  const counts = new Map<string, number>()
  for (const line of left) counts.set(line, (counts.get(line) ?? 0) + 1)
  let added = 0
  let kept = 0
  for (const line of linesOf(after)) {
    const count = counts.get(line) ?? 0
    if (count === 0) added++
    else {
      counts.set(line, count - 1)
      kept++
    }
  }
  return { added, removed: left.length - kept }
}

const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

export const linesIn = (text: string): number => linesOf(text).length
