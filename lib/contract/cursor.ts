import type { GenerationId } from './ids.ts'

/** `<seq>` or `<seq>.<generation>.<n>`: what of the log and what of one run's live events was seen. */
export interface Cursor {
  seq: number
  run: { id: GenerationId; n: number } | null
}

export function parseCursor(text: string): Cursor | undefined {
  const found = /^(\d{1,15})(?:\.(gen_[0-9a-z]{20})\.(\d{1,10}))?$/.exec(text)
  if (!found) return undefined
  const [, seq, id, n] = found
  return { seq: Number(seq), run: id ? { id: id as GenerationId, n: Number(n) } : null }
}

export function formatCursor({ seq, run }: Cursor): string {
  return run ? `${seq}.${run.id}.${run.n}` : String(seq)
}
