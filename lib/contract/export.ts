import * as z from 'zod/mini'
import { ExportId } from './ids.ts'
import { Instant } from './page.ts'

/** All that is held about a person, as archives: while `readyAt` is null they are being written. */
export const PersonExport = z.object({
  id: ExportId,
  askedAt: Instant,
  readyAt: z.nullable(Instant),
  /** From then on it is gone. */
  expiresAt: z.nullable(Instant),
  /** Each opens for ten minutes by its address; read the list again for another. */
  parts: z.array(z.object({ bytes: z.int(), url: z.string() })),
})
export type PersonExport = z.infer<typeof PersonExport>
export const PersonExports = z.object({ items: z.array(PersonExport) })
export type PersonExports = z.infer<typeof PersonExports>
