import { Problem, type Api } from '#lib/api.ts'
import { accountPaths, type OrganizationId, type UsageRows } from '#lib/contract.ts'
import { tableOf, type Columns } from '#lib/site/csv.ts'

type Row = UsageRows['items'][number]

/** All rows of so many days, however many pages they are. */
export async function rowsOf(api: Pick<Api, 'get'>, id: OrganizationId, days: number): Promise<Row[] | Problem> {
  const rows: Row[] = []
  for (let after = ''; ;) {
    const query = new URLSearchParams({ days: String(days), ...(after && { after }) })
    const page = await api.get<UsageRows>(`${accountPaths.organizationUsageRows(id)}?${query}`)
    if (page instanceof Problem) return page
    rows.push(...page.items)
    if (page.next === null) return rows
    after = page.next
  }
}

export const spreadsheetOf = (rows: readonly Row[]) => tableOf(columns, rows)

const columns: Columns<Row> = {
  day: ({ day }) => day,
  member: ({ member }) => member,
  project: ({ project }) => project,
  model: ({ model }) => model,
  requests: ({ runs }) => runs,
  cost_usd: ({ micros }) => dollars(micros),
  simulated_usd: ({ simulatedMicros }) => dollars(simulatedMicros),
  sandbox_hours: ({ sandboxSeconds }) => (sandboxSeconds / 3_600).toFixed(4),
}

const dollars = (micros: number) => (micros / 1_000_000).toFixed(6)
