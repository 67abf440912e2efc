import { m } from '#lib/messages.ts'

export const lengths = [
  { hours: 1, name: m.share_1 },
  { hours: 24, name: m.share_24 },
  { hours: 168, name: m.share_168 },
  { hours: 720, name: m.share_720 },
] as const
