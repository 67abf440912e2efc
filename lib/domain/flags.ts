import type { FlagName } from '../contract/flag.ts'

/** Until an operator says otherwise, for how many of a hundred organizations each is on. */
export const usualPercent: Readonly<Record<FlagName, number>> = {
  teams: 100,
  'prompt-improvement': 100,
}
