import * as z from 'zod/mini'
import { OrganizationId, ReceiptId } from './ids.ts'
import { Instant } from './page.ts'

export const AuditPath = z.object({ organizationId: OrganizationId })

/** Whether it was done, or the caller's role did not allow it. */
export const auditOutcomes = ['done', 'denied'] as const
const Outcome = z.enum(auditOutcomes)

const Words = z.string().check(z.minLength(1), z.maxLength(200))

/** What an entry must be to be shown; what is not named does not matter. */
const wanted = {
  /** The whole action, or the noun that it begins with: `secret` for `secret.set` and the like. */
  action: z.optional(z.string().check(z.regex(/^[a-z_-]+(\.[a-z_-]+){0,2}$/), z.maxLength(60))),
  outcome: z.optional(Outcome),
  /** The id of who did it. */
  actor: z.optional(Words),
  /** Where the id of what it was done to begins. */
  subject: z.optional(Words),
  from: z.optional(Instant),
  to: z.optional(Instant),
}

const Place = z.optional(z.coerce.number().check(z.int(), z.minimum(0)))

/** The newest first; `after` goes on towards the oldest. */
export const AuditQuery = z.object({
  ...wanted,
  after: Place,
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
})
export type AuditQuery = z.output<typeof AuditQuery>

/** As many as fit an answer. */
export const auditExportLimit = 1_000
export const AuditExportQuery = z.object({ ...wanted, after: Place })

/** One entry: who did what to what, when, from where, and whether it was allowed. */
export const AuditEntry = z.object({
  /** Its number in the organization, without gaps. */
  n: z.int(),
  at: Instant,
  /** A person, a run, or a part of the platform; the name of who is gone is null. */
  actor: z.object({ id: z.string(), name: z.nullable(z.string()) }),
  action: z.string(),
  subject: z.string(),
  /** What the ids of the subject are called today, where they have a name and are still there; of a version, its number. */
  names: z.record(z.string(), z.string()),
  outcome: Outcome,
  /** The caller's address, shortened to a neighbourhood; null for what nobody called for. */
  origin: z.nullable(z.string()),
  requestId: z.nullable(z.string()),
  detail: z.record(z.string(), z.unknown()),
  /** Over this entry and the digest of the one before it. */
  digest: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** `next` is the number to go on after; null on the last page. */
export const AuditPage = z.object({
  items: z.array(AuditEntry),
  next: z.nullable(z.int()),
  /** For how many days entries are kept. */
  keptDays: z.int(),
})
export type AuditPage = z.infer<typeof AuditPage>

/** What was deleted, when, and that looking again found nothing of it. */
export const DeletionReceipt = z.object({
  id: ReceiptId,
  kind: z.enum(['project', 'organization', 'person']),
  /** The id that what was deleted had. */
  subject: z.string(),
  askedAt: Instant,
  /** When it was looked at again and signed; null while that is to come. */
  signedAt: z.nullable(Instant),
  /** What each store still held then. */
  counts: z.nullable(z.record(z.string(), z.int())),
  /** The same as a token, signed with Ed25519. */
  signed: z.nullable(z.string()),
})
export type DeletionReceipt = z.infer<typeof DeletionReceipt>
/** `key` is the public one, as a JWK. */
export const DeletionReceipts = z.object({ items: z.array(DeletionReceipt), key: z.record(z.string(), z.unknown()) })
