import * as z from 'zod/mini'
import { Offer } from './limits.ts'

export const Health = z.object({
  status: z.enum(['ok', 'degraded']),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), ms: z.number() })),
})
export type Health = z.infer<typeof Health>

/** What the site must know before anybody signed in. */
export const PublicSettings = z.object({
  issuer: z.object({ domain: z.string(), clientId: z.string(), audience: z.string() }),
  model: z.object({ id: z.string(), scripted: z.boolean() }),
  /** What everybody is asked to accept; null where nobody is asked. */
  terms: z.nullable(z.object({ url: z.string(), version: z.string() })),
})
export type PublicSettings = z.infer<typeof PublicSettings>

/** The same with what each tier offers, cheapest first. */
export const SiteSettings = z.extend(PublicSettings, { tiers: z.array(Offer) })
export type SiteSettings = z.infer<typeof SiteSettings>
