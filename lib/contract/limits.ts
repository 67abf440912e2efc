import * as z from 'zod/mini'
import { Micros } from './money.ts'
import { Tier } from './user.ts'
import { SandboxSize } from './workshop.ts'

const orNone = z.nullable(z.int().check(z.nonnegative()))

/** What an organization may use; null means no limit. */
export const Limits = z.object({
  sandboxesAtOnce: orNone,
  /** The first is the usual one, the last the largest. */
  sandboxSizes: z.readonly(z.array(SandboxSize)),
  /** An idle sandbox stops after so many minutes at the latest. */
  idleMinutes: z.int(),
  sandboxHoursPerMonth: orNone,
  generationsPerMonth: orNone,
  /** The most one run may cost. */
  runCapMicros: Micros,
  storageBytesPerProject: orNone,
  repositories: orNone,
})
export type Limits = z.infer<typeof Limits>

/** What a tier costs and allows; a price of null is agreed upon. */
export const Offer = z.object({
  tier: Tier,
  monthlyMicros: z.nullable(Micros),
  /** Whether price, sandboxes, hours and requests are for each seat. */
  perSeat: z.boolean(),
  /** For how many days the audit log is kept. */
  auditDays: z.int(),
  signIn: z.object({
    /** Whether an organization may ask its people for a second factor, or always does. */
    secondFactor: z.enum(['none', 'offered', 'asked']),
    /** Whether they may come by their company's own sign-in. */
    company: z.boolean(),
  }),
  limits: Limits,
})
export type Offer = z.infer<typeof Offer>
