import type { Limit } from '../contract/engine.ts'
import { roomOf } from '../domain/room.ts'
import { quotaPeriod } from '../domain/tiers.ts'
import type { Unfit } from '../store/reservations.ts'

/** Why a generation was not begun; what was written until then must be rolled back. */
export interface Objection {
  objection: 'invalid_request' | 'payment_required' | 'too_many_sandboxes' | 'generation_active' | 'not_found'
  detail?: string
  headers?: Record<string, string>
}

/** Why a generation was not begun, in words: whose cap it is, what it leaves, when it starts anew and where it is changed. */
export function objectionOf({ why, whose = 'person', used, most }: Unfit, now: Date): Objection {
  if (why === 'gone') return { objection: 'not_found' }
  if (why === 'active') return { objection: 'generation_active' }
  const { to } = quotaPeriod(now)
  const day = to.toISOString().slice(0, 10)
  const again = `It starts anew on ${day}`
  const { limit, where } = owners[whose]
  const detail = {
    generations: `${Math.min(used, most)} of the ${most} requests of this month are used up. They start anew on ${day}; a larger tier has more (/pricing), and whoever pays can buy some. What is there stays.`,
    run: `${limit} for one run is ${dollars(most)}, less than this run needs at least. It is changed ${where}.`,
    month: `${limit} for a month is ${dollars(most)}: ${dollars(used)} are used or set aside, ${dollars(Math.max(0, most - used))} are left. ${again}, and is changed ${where}.`,
  }[why]
  // A limit of one run is the same tomorrow.
  const wait = why === 'run' ? {} : { 'retry-after': String(Math.ceil((to.getTime() - now.getTime()) / 1_000)) }
  return { objection: 'payment_required', detail, headers: wait }
}

const owners = {
  project: { limit: 'The limit of this project', where: 'in the settings of the project' },
  organization: { limit: 'The limit of your organization', where: 'by an admin, in the settings' },
  member: { limit: 'The limit that an admin set for you', where: 'by an admin' },
  person: { limit: 'Your own limit', where: 'in your settings' },
} as const satisfies Record<Limit['whose'], { limit: string; where: string }>

/** For who lowers the price by hand. */
export const tooLow = (leastMicros: number) =>
  `A run with this request needs at least ${dollars(leastMicros)} (${leastMicros} micros).`

interface Facts {
  active: boolean
  generations: { taken: number; most: number | null }
  limits: readonly Limit[]
  ownKey: boolean
  leastMicros: number
}

/** Why a run would not begin now, as far as can be told beforehand; who begins it decides. */
export function unfitFor({ active, generations, limits, ownKey, leastMicros }: Facts): Unfit | undefined {
  if (active) return { why: 'active', used: 0, most: 1 }
  if (generations.most !== null && generations.taken >= generations.most) {
    return { why: 'generations', used: generations.taken, most: generations.most }
  }
  return roomOf(limits, ownKey).find(({ leaves }) => leaves < leastMicros)
}

/** An amount as people read it, to the cent or, below ten cents, to the hundredth of one. */
export const dollars = (micros: number) => `$${(micros / 1_000_000).toFixed(micros > 0 && micros < 100_000 ? 4 : 2)}`

/** Why a project can store no more, in words. */
export const tooMuch = ({ used, more, most }: Record<'used' | 'more' | 'most', number>) =>
  `${gigabytes(used)} of ${gigabytes(most)} of this project are used, and this needs ${gigabytes(more)}. Nothing was changed; a larger tier has more: /pricing.`

const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(3)} GB`
