import type { Usage } from '#lib/contract.ts'
import { count, money } from '#lib/format.ts'
import { m } from '#lib/messages.ts'

/** One thing that a month, or a moment, allows. */
export interface Allowance {
  id: 'runs' | 'hours' | 'sandboxes' | 'spend' | 'member' | 'own' | 'storage'
  title: string
  /** `42 of 50`, in its unit. */
  amount: string
  /** The part that is used; null where there is no limit. */
  share: number | null
  /** What the month comes to, where that can be told. */
  ahead: string | null
  state: State
}

/** `fast` is used up before the month ends, when it goes on so. */
export type State = 'calm' | 'fast' | 'near' | 'over'

/** At this part somebody is told. */
export const near = 0.8

/** What an organization, and the person who looks, used of what they may. */
export function allowancesOf(usage: Usage): Allowance[] {
  const { sandboxHours, caps } = usage
  return [
    runsOf(usage),
    counted('hours', sandboxHours, (hours) => count(Math.round(hours * 10) / 10)),
    spentOf(usage),
    ...capped('member', caps.member),
    ...capped('own', caps.person),
    awakeOf(usage),
  ]
}

/** Those of which most, or all, is used, the worst first. */
export const nearOf = (usage: Usage): Allowance[] =>
  allowancesOf(usage)
    .filter(({ state }) => state === 'near' || state === 'over')
    .toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))

const titles: Record<Exclude<Allowance['id'], 'storage'>, () => string> = {
  runs: m.usage_runs,
  hours: m.usage_hours,
  sandboxes: m.usage_sandboxes,
  spend: m.usage_spend,
  member: m.usage_member_own,
  own: m.usage_own,
}

/**
 * The month's own requests, and beside them what was begun beyond: on bought ones, charged one by one, or while the plan
 * allowed more.
 */
function runsOf({ generations }: Usage): Allowance {
  const { used, reserved, credits, beyond, limit, forecast, more } = generations
  const own = used + reserved - credits - beyond
  const within = limit === null ? own : Math.min(own, limit)
  const runs = counted('runs', { used: within, limit, forecast }, count)
  const goesOn = limit !== null && own >= limit && more > 0
  return {
    ...runs,
    amount: [
      { said: m.usage_and_credits, of: credits },
      { said: m.usage_and_beyond, of: beyond },
      { said: m.usage_and_before, of: own - within },
    ].reduce((amount, { said, of }) => (of > 0 ? said({ amount, count: of }) : amount), runs.amount),
    ...(goesOn && { ahead: m.usage_goes_on({ count: more }), state: 'calm' as const }),
  }
}

interface Counted {
  used: number
  limit: number | null
  forecast: number
}

function counted(
  id: keyof typeof titles,
  { used, limit, forecast }: Counted,
  written: (value: number) => string,
): Allowance {
  return {
    id,
    title: titles[id](),
    amount:
      limit === null
        ? m.usage_no_limit({ used: written(used) })
        : m.usage_of({ used: written(used), limit: written(limit) }),
    share: shareOf(used, limit),
    ahead: m.usage_ahead({ amount: written(forecast) }),
    state: stateOf(used, limit, forecast),
  }
}

/** Costs, against the cap that somebody set, if any. */
function spentOf({ spend, caps }: Usage): Allowance {
  const used = spend.usedMicros + spend.reservedMicros
  return counted('spend', { used, limit: caps.organization.monthMicros, forecast: spend.forecastMicros }, money)
}

/** What the person who looks may cost: here by an admin's word, and in all organizations together by their own. */
function capped(id: 'member' | 'own', { monthMicros: limit, takenMicros: used }: Usage['caps']['person']): Allowance[] {
  return limit === null ? [] : [{ ...counted(id, { used, limit, forecast: 0 }, money), ahead: null }]
}

/** As many as may are awake, and that is as it should be: nothing warns of it. */
function awakeOf({ sandboxes: { awake, limit } }: Usage): Allowance {
  return { ...counted('sandboxes', { used: awake, limit, forecast: 0 }, count), ahead: null, state: 'calm' }
}

export const shareOf = (used: number, limit: number | null) =>
  limit === null ? null : limit === 0 ? 1 : Math.min(1, used / limit)

function stateOf(used: number, limit: number | null, forecast: number): State {
  if (limit === null) return 'calm'
  if (used >= limit) return 'over'
  if (used >= near * limit) return 'near'
  return forecast > limit ? 'fast' : 'calm'
}
