import type { Row, Timeline } from '#lib/timeline/timeline-shapes.ts'
import { isActive } from '#lib/timeline/timeline-shapes.ts'

export type FailedCheck = Extract<Row, { kind: 'check' }>

/** The first check that the current version failed when it was made; null when none did, or nobody looked. */
export function troubleOf({ turns }: Timeline, current: string | undefined): FailedCheck | null {
  const made = turns.findLast((turn) => turn.versionId === current && !isActive(turn))
  const last = new Map<string, FailedCheck>()
  for (const row of made?.rows ?? []) if (row.kind === 'check') last.set(row.check, row)
  return [...last.values()].find(({ ok }) => !ok) ?? null
}
