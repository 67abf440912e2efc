import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { OrganizationUsage, OrganizationUsageQuery } from '../../../lib/contract/usage.ts'
import { periodOf } from '../../../lib/domain/quota.ts'
import { organizationUsageOf } from '../../../lib/domain/organization-usage.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { firstDay } from './first-day.ts'

export const getOrganizationUsage = operation({
  summary: 'Read what an organization used by day, member, project and model, and what the month will come to',
  path: OrganizationPath,
  query: OrganizationUsageQuery,
  may: ['organization.usage', ofOrganization],
  answers: [200, OrganizationUsage],
  async run(
    { path: { organizationId }, query: { days }, standing: { limits } },
    { usage, usageDays, sandboxRoom, now },
  ) {
    const [at, period] = [now(), periodOf(now())]
    const from = firstDay(at, days)
    const [parts, month, { seconds }] = await Promise.all([
      usageDays.by(organizationId, from),
      usage.ofMonth(organizationId, period),
      sandboxRoom.used(organizationId, period),
    ])
    return organizationUsageOf(parts, { organizationId, from, now: at, limits, month, sandboxSeconds: seconds })
  },
})
