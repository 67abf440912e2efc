import { refuse } from '../../../lib/entry/operation.ts'
import type { Changed } from '../../../lib/store/organizations.ts'

export const changeRefusals = ['not_found', 'forbidden', 'conflict'] as const

/** Why a change of who belongs was not made; undefined when it was. */
export function refusalOf(outcome: Changed) {
  if (outcome === 'unknown') return refuse('not_found')
  if (outcome === 'forbidden') return refuse('forbidden', 'Only an owner can make, change or remove owners.')
  if (outcome === 'last_owner') {
    return refuse('conflict', 'An organization has at least one owner. Make somebody else an owner first.')
  }
  return undefined
}
