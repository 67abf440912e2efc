import type { Turn } from '#lib/timeline-shapes.ts'

/** A request that holds, or neighbouring ones that were set aside when the conversation went back. */
export type Part = { kind: 'turn'; key: string; turn: Turn } | { kind: 'aside'; key: string; turns: Turn[] }

export function partsOf(turns: readonly Turn[]): Part[] {
  return turns.reduce<Part[]>((parts, turn) => {
    if (!turn.superseded) return [...parts, { kind: 'turn', key: turn.id, turn }]
    const last = parts.at(-1)
    if (last?.kind !== 'aside') return [...parts, { kind: 'aside', key: turn.id, turns: [turn] }]
    return parts.with(-1, { ...last, turns: [...last.turns, turn] })
  }, [])
}
