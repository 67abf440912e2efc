import { deadlines } from '../../../lib/domain/deadlines.ts'
import type { Duty } from '../../../lib/entry/schedule.ts'
import { giveUpImprovements } from '../../../lib/work/give-up-improvements.ts'

/** Prompts whose job was given up: what was set aside for them returns. */
export const endAbandonedImprovements: Duty = ({ within }) =>
  within((stores) => giveUpImprovements(stores, { seconds: deadlines.improving.seconds, limit: 50 }))
