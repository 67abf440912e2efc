import * as z from 'zod/mini'
import { OrganizationId, ProjectId } from './ids.ts'
import { Micros } from './money.ts'
import { Instant } from './page.ts'
import { Role } from './user.ts'

export const WorkshopPath = z.object({ projectId: ProjectId })

/** The organization that a project is to move to. */
export const NewPlace = z.strictObject({ organizationId: OrganizationId })

export const mostHosts = 5

const Host = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.maxLength(253),
    z.regex(
      /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
      'A host is a name like api.example.com or *.example.com.',
    ),
  )

export const SandboxSize = z.object({ cpu: z.int(), memoryGiB: z.int() })
export type SandboxSize = z.infer<typeof SandboxSize>

/** What a person chose for a sandbox; a null leaves it to the tier and to what a sandbox is made from. */
export const SandboxChoice = z.strictObject({
  size: z.nullable(SandboxSize),
  autoStopMinutes: z.nullable(z.int().check(z.minimum(1))),
  network: z.discriminatedUnion('kind', [
    /** The registry of packages, and these hosts. */
    z.strictObject({ kind: z.literal('open'), hosts: z.array(Host).check(z.maxLength(mostHosts)) }),
    /** Only what the platform itself needs. */
    z.strictObject({ kind: z.literal('none') }),
  ]),
})
export type SandboxChoice = z.infer<typeof SandboxChoice>

export const SandboxSettings = z.object({
  chosen: SandboxChoice,
  /** What the tier allows; the size that comes without a choice is that of the snapshot. */
  bounds: z.object({ sizes: z.array(SandboxSize), autoStopMinutes: z.object({ least: z.int(), most: z.int() }) }),
  /** It runs with other settings than these: they hold from its next start. */
  restartNeeded: z.boolean(),
})
export type SandboxSettings = z.infer<typeof SandboxSettings>

/** `anew` removes the sandbox and makes another; else it is stopped and started. */
export const Restart = z.strictObject({ anew: z._default(z.boolean(), false) })

export const UsageQuery = z.object({
  days: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(90)), 30),
})

const Used = {
  runs: z.int(),
  micros: Micros,
  tokens: z.object({ input: z.int(), output: z.int(), cached: z.int() }),
}

/** What a project used, day by day (UTC), the days without use left out; and by model. */
export const ProjectUsage = z.object({
  from: Instant,
  to: Instant,
  currency: z.literal('USD'),
  days: z.array(z.object({ day: z.string(), ...Used })),
  models: z.array(z.object({ model: z.string(), simulated: z.boolean(), ...Used })),
  /** `simulatedMicros`: as much of it no money was spent for. */
  total: z.object({ ...Used, simulatedMicros: Micros }),
  /** What it stores now, each content once, and what it may. */
  storage: z.object({ usedBytes: z.number(), limitBytes: z.nullable(z.number()) }),
})
export type ProjectUsage = z.infer<typeof ProjectUsage>

export const Members = z.object({
  items: z.array(z.object({ name: z.nullable(z.string()), email: z.nullable(z.string()), role: Role })),
})
export type Members = z.infer<typeof Members>
