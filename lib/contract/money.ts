import * as z from 'zod/mini'

/** Money is counted in whole millionths of a US dollar, so that sums are exact. */
export const Micros = z.int().check(z.minimum(0))

/** What something cost; `simulated` marks prices of the scripted model, which nobody pays. */
export const Cost = z.object({
  currency: z.literal('USD'),
  micros: Micros,
  atMostMicros: Micros,
  simulated: z.boolean(),
})
export type Cost = z.infer<typeof Cost>
