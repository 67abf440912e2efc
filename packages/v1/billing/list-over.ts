import { OverLimits, type OverLimit } from '../../../lib/contract/billing.ts'
import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { periodOf } from '../../../lib/domain/quota.ts'
import { quotaPeriod } from '../../../lib/domain/tiers.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

/** How many projects are named. */
const mostNamed = 50
const hourSeconds = 3_600

export const listOver = operation({
  summary: 'List what an organization has more of than its plan allows: what rests until there is room again',
  path: OrganizationPath,
  may: ['billing.read', ofOrganization],
  answers: [200, OverLimits],
  async run({ path: { organizationId }, standing: { limits } }, desk) {
    const period = periodOf(desk.now())
    const [{ generations }, credits, more, sandboxes, stored] = await Promise.all([
      desk.usage.ofMonth(organizationId, period),
      desk.moreRequests.creditsUsed(organizationId, period),
      desk.moreRequests.of(organizationId, period),
      desk.sandboxRoom.used(organizationId, period),
      desk.storage.ofOrganization(organizationId, mostNamed),
    ])
    const own = generations.used + generations.reserved - credits - more.charged
    const counted = [
      over({ what: 'requests', used: own, limit: limits.generationsPerMonth }),
      over({ what: 'hours', used: sandboxes.seconds / hourSeconds, limit: limits.sandboxHoursPerMonth }),
      over({ what: 'sandboxes', used: sandboxes.awake, limit: limits.sandboxesAtOnce }),
    ]
    const limit = limits.storageBytesPerProject
    const full = stored.projects.map(({ usedBytes: used, ...project }) =>
      over({ what: 'storage', used, limit, project }),
    )
    return { resetsAt: quotaPeriod(desk.now()).to.toISOString(), items: [...counted, ...full].filter((each) => !!each) }
  },
})

interface Counted extends Pick<OverLimit, 'what' | 'used'> {
  limit: number | null
  project?: OverLimit['project']
}

const over = ({ limit, project = null, ...rest }: Counted): OverLimit | undefined =>
  limit !== null && rest.used > limit ? { ...rest, limit, project } : undefined
