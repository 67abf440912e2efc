import { shellLimits } from '../../lib/contract/shell.ts'

/** The last of a terminal's output, counted in bytes from its beginning. */
export function openTape() {
  const pieces: Buffer[] = []
  let first = 0
  let last = 0
  return {
    start: () => first,
    end: () => last,
    add(bytes: Buffer) {
      pieces.push(bytes)
      last += bytes.length
      while (last - first > shellLimits.keptBytes) first += pieces.shift()?.length ?? 0
    },
    /** What came after `at`, in pieces. */
    since(at: number): Buffer[] {
      let from = first
      return pieces.flatMap((piece) => {
        const skip = Math.max(0, at - from)
        from += piece.length
        return skip < piece.length ? [piece.subarray(skip)] : []
      })
    },
  }
}
