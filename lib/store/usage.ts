import type { OrganizationId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

export type Metric = 'generations' | 'micros'

/** What an organization used and set aside in a month; `simulated` is the part that nobody pays. */
export interface Used {
  used: number
  reserved: number
  simulated: number
}

const nothing: Used = { used: 0, reserved: 0, simulated: 0 }

export function usageStore(transaction: Transaction) {
  return {
    /** `period` is the first day of the month, as `YYYY-MM-DD`. */
    async ofMonth(organizationId: OrganizationId, period: string): Promise<Record<Metric, Used>> {
      const rows = await transaction<({ metric: Metric } & Record<keyof Used, string>)[]>`
        select metric, used, reserved, simulated from everjust.quotas
        where organization_id = ${organizationId} and period = ${period}::date`
      const found = rows.map(({ metric, used, reserved, simulated }) => [
        metric,
        { used: Number(used), reserved: Number(reserved), simulated: Number(simulated) },
      ])
      return { generations: nothing, micros: nothing, ...(Object.fromEntries(found) as Partial<Record<Metric, Used>>) }
    },
  }
}
