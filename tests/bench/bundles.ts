import { budgetOf, weighBundles } from './parts/budgets.ts'
import { within, type Row } from './row.ts'

/** What each built function weighs, minified. */
export async function measure(): Promise<Row[]> {
  return weighBundles().map(({ address, kilobytes }) =>
    within({ figure: `bundle ${address}`, measured: kilobytes, unit: 'KB' }, { atMost: budgetOf(address) }),
  )
}
