import { periodOf } from '../../../lib/domain/quota.ts'
import { quotaPeriod } from '../../../lib/domain/tiers.ts'
import type { Duty } from '../../../lib/entry/schedule.ts'
import type { NearLimit } from '../../../lib/store/allowances.ts'

/** What sandboxes that are up used until now. */
export const bookSandboxTime: Duty = ({ within }) => within(({ allowances }) => allowances.bookSandboxTime(500))

/** The parts of a month's allowance at which its owners are told, the larger first: who used all is not told of most. */
const shares = [1, 0.8] as const

/** Owners learn once a month, of each allowance, that most of it is used, and that all of it is. */
export const tellOfAllowances: Duty = async ({ within, now }) => {
  const period = periodOf(now())
  const resetsAt = quotaPeriod(now()).to.toISOString()
  let told = 0
  for (const share of shares) {
    told += await within(async ({ allowances, notices }) => {
      const near = await allowances.near(share, period, 50)
      for (const { organizationId, organization, metric, used, most, owners } of near) {
        const [what, unit] = names[metric]
        const words = { organization, what, used: used / unit, most: most / unit, resetsAt }
        for (const [at, to] of owners.entries()) {
          const key = ['allowance', organizationId, period, metric, share, at].join(':')
          await notices.send({ to, kind: 'allowance', words, key })
        }
      }
      return near.length
    })
  }
  return told
}

const names: Record<NearLimit['metric'], readonly [string, number]> = {
  generations: ['runs', 1],
  sandbox_seconds: ['sandbox hours', 3_600],
}
