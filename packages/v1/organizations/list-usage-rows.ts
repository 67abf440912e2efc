import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { UsageRows, UsageRowsQuery } from '../../../lib/contract/usage.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'
import { firstDay } from './first-day.ts'

/** What fits one answer. */
const limit = 2_000

export const listUsageRows = readingOperation({
  summary: 'List what an organization used in single rows, for a spreadsheet',
  path: OrganizationPath,
  query: UsageRowsQuery,
  may: ['organization.usage', ofOrganization],
  answers: [200, UsageRows],
  run: ({ path: { organizationId }, query: { days, after } }, { usageDays, now }) =>
    usageDays.rows(organizationId, { from: firstDay(now(), days), after, limit }),
})
