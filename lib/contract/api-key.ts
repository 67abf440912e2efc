import * as z from 'zod/mini'
import { ApiKeyId, OrganizationId } from './ids.ts'
import { Instant } from './page.ts'

export const KeyPath = z.object({ keyId: ApiKeyId })
export const OrganizationKeysPath = z.object({ organizationId: OrganizationId })
export const OrganizationKeyPath = z.object({ organizationId: OrganizationId, keyId: ApiKeyId })

/** So that a key which strayed is known for one, by people and by scanners. */
export const keyPrefix = 'ejk_'

/** Of a person, or of an organization, at a time. */
export const mostKeys = 50
/** Requests a minute. */
export const mostOfKey = 600

/** For how long a key holds, in days. */
export const keyDays = [7, 30, 90, 365] as const
/** For how long the old key goes on beside the new one, in hours. */
export const overlapHours = [0, 1, 24, 168] as const

const oneOf = <const T extends readonly number[]>(values: T) => z.union(values.map((value) => z.literal(value)))

export const NewKey = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  /** The actions it may do. */
  scopes: z.array(z.string().check(z.maxLength(60))).check(z.minLength(1), z.maxLength(100)),
  days: z._default(oneOf(keyDays), 90),
  requestsPerMinute: z._default(z.int().check(z.minimum(1), z.maximum(mostOfKey)), 120),
})
export type NewKey = z.input<typeof NewKey>
export type WantedKey = z.output<typeof NewKey>

export const Rotation = z.strictObject({ overlapHours: z._default(oneOf(overlapHours), 24) })

export const ApiKey = z.object({
  id: ApiKeyId,
  name: z.string(),
  /** Its first letters. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  requestsPerMinute: z.int(),
  createdAt: Instant,
  expiresAt: z.nullable(Instant),
  /** To the minute. */
  lastUsedAt: z.nullable(Instant),
  /** Who made it, and by whose rights it acts; null when that person left. */
  by: z.nullable(z.string()),
  /** Of the key that took its place. */
  replacedBy: z.nullable(ApiKeyId),
})
export type ApiKey = z.infer<typeof ApiKey>

/** The keys that still open something, and what a key may be made for. */
export const ApiKeys = z.object({ items: z.array(ApiKey), scopes: z.array(z.string()) })
export type ApiKeys = z.infer<typeof ApiKeys>

/** The key itself is told this once, and kept by nobody but who asked for it. */
export const MadeKey = z.extend(ApiKey, { key: z.string() })
export type MadeKey = z.infer<typeof MadeKey>
