import * as z from 'zod/mini'
import { GenerationId, OrganizationId, ProjectId, UserId } from './ids.ts'
import { Limits } from './limits.ts'
import { Micros } from './money.ts'
import { Instant, PageQuery } from './page.ts'
import { Role, Tier } from './user.ts'

/** Why an operator does something: told to whoever it concerns, and kept in the audit log. */
export const Reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(300))

export const Because = z.strictObject({ reason: Reason })

export const SearchQuery = z.extend(PageQuery, { q: z.optional(z.string().check(z.trim(), z.maxLength(100))) })
export type SearchQuery = z.infer<typeof SearchQuery>

export const OrganizationSearch = z.extend(SearchQuery, { tier: z.optional(Tier) })
export type OrganizationSearch = z.infer<typeof OrganizationSearch>

export const PersonPath = z.object({ userId: UserId })
export const OrganizationPath = z.object({ organizationId: OrganizationId })
export const RunPath = z.object({ generationId: GenerationId })

const Suspension = z.nullable(z.object({ at: Instant, reason: z.string() }))

/** A person, as those see who run the installation. */
export const KnownPerson = z.object({
  id: UserId,
  email: z.nullable(z.string()),
  name: z.nullable(z.string()),
  createdAt: Instant,
  lastRunAt: z.nullable(Instant),
  suspended: Suspension,
  organizations: z.array(z.object({ id: OrganizationId, name: z.string(), role: Role })),
})
export type KnownPerson = z.infer<typeof KnownPerson>

/** An organization, likewise: `tier` is what it pays for, `granted` what an operator set for it. */
export const KnownOrganization = z.object({
  id: OrganizationId,
  name: z.string(),
  kind: z.enum(['personal', 'team']),
  tier: Tier,
  seats: z.int(),
  createdAt: Instant,
  members: z.int(),
  projects: z.int(),
  /** This month, in requests and in money. */
  requests: z.int(),
  spentMicros: Micros,
  suspended: Suspension,
})
export type KnownOrganization = z.infer<typeof KnownOrganization>

/** What is set instead of the tier and its limits, until when and why. */
export const Grant = z.strictObject({
  tier: z.nullable(Tier),
  limits: z.partial(z.strictObject(Limits.shape)),
  until: z.nullable(Instant),
  reason: Reason,
})
export type Grant = z.infer<typeof Grant>

export const OrganizationDetail = z.extend(KnownOrganization, {
  /** What holds now. */
  limits: Limits,
  grant: z.nullable(z.extend(Grant, { reason: z.string(), over: z.boolean() })),
  people: z.array(z.object({ id: UserId, name: z.nullable(z.string()), email: z.nullable(z.string()), role: Role })),
})
export type OrganizationDetail = z.infer<typeof OrganizationDetail>

/** A run that waits or goes on; what was asked for is not told. */
export const ActiveRun = z.object({
  id: GenerationId,
  state: z.enum(['queued', 'running']),
  model: z.string(),
  project: z.object({ id: ProjectId, name: z.string() }),
  organization: z.object({ id: OrganizationId, name: z.string() }),
  person: z.object({ id: UserId, name: z.nullable(z.string()), email: z.nullable(z.string()) }),
  place: z.nullable(z.int()),
  attempt: z.int(),
  spentMicros: Micros,
  capMicros: Micros,
  createdAt: Instant,
  startedAt: z.nullable(Instant),
})
export type ActiveRun = z.infer<typeof ActiveRun>

const JobCount = z.object({
  kind: z.string(),
  state: z.enum(['queued', 'taken', 'failed']),
  count: z.int(),
  oldestAt: Instant,
  /** What the last of those that failed said. */
  problem: z.nullable(z.string()),
})

/** At most 200 runs, oldest first, and the queue of the last day. */
export const UnderWay = z.object({ runs: z.array(ActiveRun), jobs: z.array(JobCount) })
export type UnderWay = z.infer<typeof UnderWay>

export const FiguresQuery = z.object({
  days: z._default(z.coerce.number().check(z.int(), z.minimum(7), z.maximum(365)), 30),
})

const Spend = { costMicros: Micros, chargedMicros: Micros, simulatedMicros: Micros }

/**
 * What the installation earns, costs and achieves. Money of the scripted model is `simulatedMicros` and in no other sum.
 * What a tier earns is what its subscriptions cost a month: a share of a month for each day.
 */
export const Figures = z.object({
  from: Instant,
  to: Instant,
  tiers: z.array(
    z.object({
      tier: Tier,
      organizations: z.int(),
      seats: z.int(),
      /** Null for a tier whose price is agreed upon. */
      monthlyMicros: z.nullable(Micros),
      /** For how long its sandboxes were awake. */
      sandboxSeconds: z.int(),
      ...Spend,
    }),
  ),
  models: z.array(z.object({ model: z.string(), calls: z.int(), ...Spend })),
  days: z.array(z.object({ day: z.iso.date(), runs: z.int(), people: z.int(), ...Spend })),
  /** Of the organizations that were made in this time, and of all. */
  conversion: z.object({ made: z.int(), madePaying: z.int(), all: z.int(), paying: z.int() }),
  /** By the week in which people came: how many of them asked for something again in each week after. */
  retention: z.array(z.object({ week: z.iso.date(), people: z.int(), again: z.array(z.int()) })),
  /** Of the people who came in this time. */
  firstProject: z.object({
    people: z.int(),
    withProject: z.int(),
    medianSeconds: z.nullable(z.number()),
    slowSeconds: z.nullable(z.number()),
  }),
  /** Of the runs that ended in this time and were not stopped by hand. */
  green: z.object({ ended: z.int(), succeeded: z.int(), green: z.int() }),
  /** `active`: awake at some time in these days. Sizes are what the sandboxes have on average; null while there is none. */
  sandboxes: z.object({
    started: z.int(),
    active: z.int(),
    seconds: z.int(),
    vcpusEach: z.nullable(z.number()),
    memoryGiBEach: z.nullable(z.number()),
  }),
})
export type Figures = z.infer<typeof Figures>
