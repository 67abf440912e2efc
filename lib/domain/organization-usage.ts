import type { OrganizationId, ProjectId, UserId } from '../contract/ids.ts'
import type { Limits } from '../contract/limits.ts'
import type { OrganizationUsage } from '../contract/usage.ts'
import { forecastOf } from './forecast.ts'
import { quotaPeriod } from './tiers.ts'

interface Part {
  by: 'day' | 'user' | 'project' | 'model' | 'all'
  /** Empty where there is none. */
  id: string
  name: string | null
  runs: number
  micros: number
  simulatedMicros: number
  sandboxSeconds: number
}

interface Facts {
  organizationId: OrganizationId
  from: string
  now: Date
  limits: Limits
  month: Record<'generations' | 'micros', { used: number; reserved: number }>
  sandboxSeconds: number
}

/** The sums as people read them. */
export function organizationUsageOf(parts: readonly Part[], facts: Facts): OrganizationUsage {
  const { organizationId, from, now } = facts
  const of = (by: Part['by']) => parts.filter((part) => part.by === by)
  return {
    organizationId,
    from: `${from}T00:00:00.000Z`,
    to: now.toISOString(),
    currency: 'USD',
    total: of('all').map(usedOf)[0] ?? nothing,
    days: of('day').map((part) => ({ day: part.id, ...usedOf(part) })),
    members: of('user').map((part) => ({
      userId: (part.id || null) as UserId | null,
      name: part.name,
      ...usedOf(part),
    })),
    projects: of('project').map((part) => ({
      projectId: (part.id || null) as ProjectId | null,
      name: part.name,
      ...usedOf(part),
    })),
    models: of('model').map((part) => ({ model: part.id || null, ...usedOf(part) })),
    month: monthOf(facts),
  }
}

function monthOf({ now, limits, month: { generations, micros }, sandboxSeconds }: Facts): OrganizationUsage['month'] {
  const span = quotaPeriod(now)
  const ahead = (used: number) => forecastOf(used, span, now)
  const runs = generations.used + generations.reserved
  return {
    resetsAt: span.to.toISOString(),
    generations: { used: runs, limit: limits.generationsPerMonth, forecast: ahead(runs) },
    sandboxHours: {
      used: sandboxSeconds / hourSeconds,
      limit: limits.sandboxHoursPerMonth,
      forecast: ahead(sandboxSeconds) / hourSeconds,
    },
    spend: { usedMicros: micros.used, forecastMicros: ahead(micros.used) },
  }
}

const hourSeconds = 3_600
const nothing = { runs: 0, micros: 0, simulatedMicros: 0, sandboxSeconds: 0 }

const usedOf = ({ runs, micros, simulatedMicros, sandboxSeconds }: Part) => ({
  ...{ runs, micros, simulatedMicros, sandboxSeconds },
})
