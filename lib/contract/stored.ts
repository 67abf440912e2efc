import * as z from 'zod/mini'
import { Tier } from './user.ts'

/** Where what people entrust to an installation lies, and for how long each kind of it is kept. */
export const Stored = z.object({
  /** In the words of who runs the installation; null where they said nothing. */
  region: z.nullable(z.string()),
  /** On the machine that the installation runs on. */
  isLocal: z.boolean(),
  /** For how long a deleted project can be brought back. */
  deletedProjectHours: z.int(),
  days: z.object({
    steps: z.int(),
    sessions: z.int(),
    mails: z.int(),
    archives: z.int(),
    /** What the installation writes down for its own work. */
    notes: z.int(),
  }),
  /** Of the audit log. */
  audit: z.array(z.object({ tier: Tier, days: z.int() })),
})
export type Stored = z.infer<typeof Stored>
