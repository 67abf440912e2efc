import { m } from '#lib/messages.ts'

/** For how long a key may hold. */
export const lengths = [
  { days: 7, name: m.keys_7 },
  { days: 30, name: m.keys_30 },
  { days: 90, name: m.keys_90 },
  { days: 365, name: m.keys_365 },
] as const

/** For how long the old key goes on beside the new one. */
export const overlaps = [
  { hours: 0, name: m.keys_overlap_0 },
  { hours: 1, name: m.keys_overlap_1 },
  { hours: 24, name: m.keys_overlap_24 },
  { hours: 168, name: m.keys_overlap_168 },
] as const

/** What changes nothing. */
export const onlyReads = (scope: string) => /\.(read|list|usage|members)$/.test(scope)
