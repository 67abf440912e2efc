import { quotaPeriod } from '../domain/tiers.ts'
import type { Left, Limits } from '../store/caps.ts'
import type { Unfit } from '../store/reservations.ts'

/** Why a generation was not begun; what was written until then must be rolled back. */
export interface Objection {
  objection: 'invalid_request' | 'payment_required' | 'generation_active' | 'not_found'
  detail?: string
}

/** Why a generation was not begun, in words: what was used, what may be, and when it starts anew. */
export function objectionOf({ why, used, most }: Unfit, now: Date): Objection {
  if (why === 'gone') return { objection: 'not_found' }
  if (why === 'active') return { objection: 'generation_active' }
  const again = `It starts anew on ${quotaPeriod(now).to.toISOString().slice(0, 10)}.`
  const detail = {
    generations: `The ${most} generations of this month are used up. ${again}`,
    run: `The cap of ${dollars(most)} for one run is less than a run needs at least.`,
    organization_month: `Of the ${dollars(most)} that your organization allows a month, ${dollars(used)} are used or set aside. ${again}`,
    person_month: `Of the ${dollars(most)} that you allow yourself a month, ${dollars(used)} are used or set aside. ${again}`,
  }[why]
  return { objection: 'payment_required', detail }
}

/** For who lowers the price by hand. */
export const tooLow = (leastMicros: number) =>
  `A run with this request needs at least ${dollars(leastMicros)} (${leastMicros} micros).`

interface Facts {
  active: boolean
  generations: { taken: number; most: number | null }
  limits: Limits
  ownKey: boolean
  leastMicros: number
}

/** Why a run would not begin now, as far as can be told beforehand; who begins it decides. */
export function unfitFor({ active, generations, limits, ownKey, leastMicros }: Facts): Unfit | undefined {
  const { runMicros, organization, person } = limits
  const short = ({ most, taken }: Left) => !ownKey && most !== null && most - taken < leastMicros
  if (active) return { why: 'active', used: 0, most: 1 }
  if (generations.most !== null && generations.taken >= generations.most) {
    return { why: 'generations', used: generations.taken, most: generations.most }
  }
  if (runMicros !== null && runMicros < leastMicros) return { why: 'run', used: 0, most: runMicros }
  if (short(organization)) return { why: 'organization_month', used: organization.taken, most: organization.most ?? 0 }
  return short(person) ? { why: 'person_month', used: person.taken, most: person.most ?? 0 } : undefined
}

/** An amount as people read it, to the cent or, below ten cents, to the hundredth of one. */
export const dollars = (micros: number) => `$${(micros / 1_000_000).toFixed(micros > 0 && micros < 100_000 ? 4 : 2)}`
