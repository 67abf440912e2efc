import * as z from 'zod/mini'
import { OrganizationId, ProjectId, UserId } from './ids.ts'
import { Micros } from './money.ts'
import { Instant, pageOf } from './page.ts'

const Day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))

export const OrganizationUsageQuery = z.object({
  days: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(92)), 31),
})

const Used = { runs: z.int(), micros: Micros, simulatedMicros: Micros, sandboxSeconds: z.int() }

/** Against what the month allows, and what the month comes to when it goes on as it began; null means no limit. */
const Allowance = z.object({ used: z.number(), limit: z.nullable(z.number()), forecast: z.number() })

/** What an organization used: by day (UTC, those without use left out), and the most costly members, projects and models. */
export const OrganizationUsage = z.object({
  organizationId: OrganizationId,
  from: Instant,
  to: Instant,
  currency: z.literal('USD'),
  total: z.object(Used),
  days: z.array(z.object({ day: Day, ...Used })),
  members: z.array(z.object({ userId: z.nullable(UserId), name: z.nullable(z.string()), ...Used })),
  projects: z.array(z.object({ projectId: z.nullable(ProjectId), name: z.nullable(z.string()), ...Used })),
  models: z.array(z.object({ model: z.nullable(z.string()), ...Used })),
  /** Of this month, whatever the days asked for. */
  month: z.object({
    resetsAt: Instant,
    generations: Allowance,
    sandboxHours: Allowance,
    spend: z.object({ usedMicros: Micros, forecastMicros: Micros }),
  }),
})
export type OrganizationUsage = z.infer<typeof OrganizationUsage>

export const UsageRowsQuery = z.object({
  ...OrganizationUsageQuery.shape,
  after: z.optional(z.string().check(z.maxLength(300))),
})

/** The same in single rows, for a spreadsheet. */
export const UsageRows = pageOf(
  z.object({
    day: Day,
    member: z.nullable(z.string()),
    project: z.nullable(z.string()),
    model: z.nullable(z.string()),
    ...Used,
  }),
)
export type UsageRows = z.infer<typeof UsageRows>

/** What the projects of an organization store, the fullest first; a limit of null is none. */
export const OrganizationStorage = z.object({
  organizationId: OrganizationId,
  /** Of all its projects, those that are not named here included. */
  usedBytes: z.number(),
  limitBytesPerProject: z.nullable(z.number()),
  projects: z.array(z.object({ projectId: ProjectId, name: z.string(), usedBytes: z.number() })),
})
export type OrganizationStorage = z.infer<typeof OrganizationStorage>
