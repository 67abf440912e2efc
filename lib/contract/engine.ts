import * as z from 'zod/mini'
import { OrganizationId, UserId } from './ids.ts'
import { Micros } from './money.ts'
import { Instant } from './page.ts'

/** The most that one run and one month may cost; null leaves it to the tier. */
export const Caps = z.strictObject({ runMicros: z.nullable(Micros), monthMicros: z.nullable(Micros) })
export type Caps = z.infer<typeof Caps>

/** A `member` is the person in one organization, as its admins cap them. */
export const limitOwners = ['project', 'organization', 'member', 'person'] as const

/** The caps of one of those whose caps hold for a run, and what of this month's is used or set aside. */
export const Limit = z.extend(Caps, { whose: z.enum(limitOwners), takenMicros: Micros })
export type Limit = z.infer<typeof Limit>

/** A member, as admins cap them, and what of this month's is used or set aside in this organization. */
export const MemberCap = z.extend(Caps, {
  userId: UserId,
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  takenMicros: Micros,
})
export type MemberCap = z.infer<typeof MemberCap>
export const MemberCaps = z.object({ items: z.array(MemberCap) })
export type MemberCaps = z.infer<typeof MemberCaps>

/** All that hold for whoever asks in a project: its own, those of its organization, and those of the person. */
export const ProjectLimits = z.object({
  /** The most that the tier lets one run cost. */
  tierRunMicros: Micros,
  resetsAt: Instant,
  limits: z.array(Limit),
  /** Whether the caller may change those of the project. */
  mayChange: z.boolean(),
})
export type ProjectLimits = z.infer<typeof ProjectLimits>

export const rulesLimit = 8_000

/** How an organization uses models. */
export const EngineSettings = z.object({
  /** The models its people may choose; null allows all of its tier. */
  models: z.nullable(z.array(z.string())),
  defaultModel: z.nullable(z.string()),
  /** Told to the model before every request, in all projects. */
  rules: z.string(),
  caps: Caps,
  /** Its own key or endpoint. The key itself is never shown again. */
  ownModel: z.nullable(
    z.object({
      hint: z.string(),
      url: z.nullable(z.string()),
      addedAt: z.string(),
      /** Why it was refused when it was last used; null when it was not. */
      problem: z.nullable(z.string()),
    }),
  ),
})
export type EngineSettings = z.infer<typeof EngineSettings>

export const EngineChange = z.partial(
  z.strictObject({
    models: z.nullable(z.array(z.string().check(z.maxLength(100))).check(z.maxLength(50))),
    defaultModel: z.nullable(z.string().check(z.maxLength(100))),
    rules: z.string().check(z.maxLength(rulesLimit)),
    caps: Caps,
  }),
)

export const OwnModel = z.strictObject({
  key: z.string().check(z.trim(), z.regex(/^[!-~]{8,500}$/, 'A key has 8 to 500 characters, and no spaces.')),
  /** An https origin that speaks the Messages API; without one, the vendor's own. */
  url: z.optional(z.string().check(z.maxLength(500))),
})

export const OrganizationPath = z.object({ organizationId: OrganizationId })

/** A model that the caller may choose, and what it costs in dollars for a million tokens. */
export const OfferedModel = z.object({
  id: z.string(),
  name: z.string(),
  window: z.int(),
  /** Null for a model of the organization's own endpoint, whose price nobody here knows. */
  prices: z.nullable(
    z.object({
      input: z.number(),
      output: z.number(),
      cacheRead: z.number(),
      cacheWrite: z.number(),
      from: z.string(),
    }),
  ),
  simulated: z.boolean(),
  isDefault: z.boolean(),
})
export type OfferedModel = z.infer<typeof OfferedModel>
export const OfferedModels = z.object({
  items: z.array(OfferedModel),
  /** Whether requests may be put in better words: that can be switched off. */
  improves: z.boolean(),
})
export type OfferedModels = z.infer<typeof OfferedModels>
