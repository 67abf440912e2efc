import * as z from 'zod'
import { OrganizationId } from './ids.ts'
import { Micros } from './money.ts'

/** The most that one run and one month may cost; null leaves it to the tier. */
export const Caps = z.strictObject({ runMicros: Micros.nullable(), monthMicros: Micros.nullable() })
export type Caps = z.infer<typeof Caps>

export const rulesLimit = 8_000

/** How an organization uses models. */
export const EngineSettings = z.object({
  /** The models its people may choose; null allows all of its tier. */
  models: z.array(z.string()).nullable(),
  defaultModel: z.string().nullable(),
  /** Told to the model before every request, in all projects. */
  rules: z.string(),
  caps: Caps,
  /** Its own key or endpoint. The key itself is never shown again. */
  ownModel: z
    .object({
      hint: z.string(),
      url: z.string().nullable(),
      addedAt: z.string(),
      /** Why it was refused when it was last used; null when it was not. */
      problem: z.string().nullable(),
    })
    .nullable(),
})
export type EngineSettings = z.infer<typeof EngineSettings>

export const EngineChange = z
  .strictObject({
    models: z.array(z.string().max(100)).max(50).nullable(),
    defaultModel: z.string().max(100).nullable(),
    rules: z.string().max(rulesLimit),
    caps: Caps,
  })
  .partial()

export const OwnModel = z.strictObject({
  key: z
    .string()
    .trim()
    .regex(/^[!-~]{8,500}$/, 'A key has 8 to 500 characters, and no spaces.'),
  /** An https origin that speaks the Messages API; without one, the vendor's own. */
  url: z.string().max(500).optional(),
})

export const OrganizationPath = z.object({ organizationId: OrganizationId })

/** A model that the caller may choose, and what it costs in dollars for a million tokens. */
export const OfferedModel = z.object({
  id: z.string(),
  name: z.string(),
  window: z.int(),
  /** Null for a model of the organization's own endpoint, whose price nobody here knows. */
  prices: z
    .object({
      input: z.number(),
      output: z.number(),
      cacheRead: z.number(),
      cacheWrite: z.number(),
      from: z.string(),
    })
    .nullable(),
  simulated: z.boolean(),
  isDefault: z.boolean(),
})
export type OfferedModel = z.infer<typeof OfferedModel>
export const OfferedModels = z.object({ items: z.array(OfferedModel) })
export type OfferedModels = z.infer<typeof OfferedModels>
