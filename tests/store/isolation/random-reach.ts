import type { Database } from '../../../lib/store/sql.ts'
import { owned } from './tables.ts'
import { countOrDenied, person, type Tenant } from './tenants.ts'

export interface Reached {
  /** Own rows that were reached, and that were not: there is no such row, or nobody may do that to it. */
  own: number
  missed: number
  /** Rows of others: not reached, and reached. */
  none: number
  foreign: number
}

/** Reads and writes by random people of random tenants' things, a hundred at once over all of these databases. */
export async function reachAtRandom(databases: Database[], tenants: Tenant[], times: number): Promise<Reached> {
  const anyOf = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T
  const seen = { own: 0, missed: 0, none: 0, foreign: 0 }
  const once = async () => {
    const [who, whose] = [anyOf(tenants), anyOf(tenants)]
    const { table, column, by } = anyOf(owned)
    const [at, key] = [`everjust.${table}`, whose[by]]
    const rows = await countOrDenied(
      anyOf(databases).as(person(who), (t) =>
        Math.random() < 0.5
          ? t`select 1 from ${t(at)} where ${t(column)} = ${key}`
          : t`update ${t(at)} set ${t(column)} = ${t(column)} where ${t(column)} = ${key} returning 1`,
      ),
    )
    if (who !== whose) seen[rows > 0 ? 'foreign' : 'none'] += 1
    else seen[rows > 0 ? 'own' : 'missed'] += 1
  }
  // As many as wait for the few connections at once: each is handed from tenant to tenant after every transaction.
  for (let left = times; left > 0; left -= 100) await Promise.all(Array.from({ length: Math.min(100, left) }, once))
  return seen
}
