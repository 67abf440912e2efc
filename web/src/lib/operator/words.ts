import type { Flag } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'

/** What each of the things does that can be switched on and off. */
export const flagWords: Readonly<Record<Flag['name'], { title: () => string; about: () => string }>> = {
  teams: { title: m.operator_flag_teams, about: m.operator_flag_teams_about },
  'prompt-improvement': { title: m.operator_flag_improvement, about: m.operator_flag_improvement_about },
}
