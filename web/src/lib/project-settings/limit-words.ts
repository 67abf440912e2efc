import type { ProjectLimits } from '#lib/contract.ts'
import { money } from '#lib/format.ts'
import { m } from '#lib/messages.ts'

/** The limits that hold beside those of the project, a sentence each; the lowest of all decides. */
export function besideWords({ limits, tierRunMicros }: ProjectLimits): string[] {
  const others = limits.filter(({ whose }) => whose !== 'project')
  const said = others.flatMap(({ whose, runMicros, monthMicros, takenMicros }) => {
    const run = runMicros === null ? [] : [m.project_settings_limit_run({ whose, amount: money(runMicros) })]
    if (monthMicros === null) return run
    const left = money(Math.max(0, monthMicros - takenMicros))
    return [...run, m.project_settings_limit_month({ whose, amount: money(monthMicros), left })]
  })
  return [m.project_settings_limit_plan({ amount: money(tierRunMicros) }), ...said]
}
