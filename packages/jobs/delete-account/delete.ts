import * as z from 'zod/mini'
import type { DeletionDesk } from '../../../lib/context.ts'
import { ReceiptId } from '../../../lib/contract/ids.ts'
import { elsewhere } from '../../../lib/domain/holdings.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import type { OpenReceipt } from '../../../lib/store/receipt-work.ts'
import { clearOrganization } from '../../../lib/work/clear-organization.ts'
import { clearPerson } from '../../../lib/work/clear-person.ts'

const Errand = z.object({ receiptId: ReceiptId })

/** Clears, looks again into every store, and signs that nothing was found. Each step may be done twice. */
export async function deleteAccount({ payload }: Job, desk: DeletionDesk): Promise<Outcome> {
  const { receiptId } = Errand.parse(payload)
  const open = await desk.within(({ receipts }) => receipts.openById(receiptId))
  if (!open?.covers) return 'done'
  const { organizations, person } = open.covers
  for (const id of organizations) {
    const outcome = await clearOrganization(desk, id)
    if (outcome !== 'done') return outcome
  }
  const outcome = person === null ? 'done' : await clearPerson(desk, person)
  return outcome === 'done' ? attest(desk, { ...open, covers: open.covers }) : outcome
}

async function attest(
  desk: DeletionDesk,
  { covers, ...open }: OpenReceipt & { covers: NonNullable<OpenReceipt['covers']> },
): Promise<Outcome> {
  const counts = await left(desk, covers)
  const found = Object.entries(counts).filter(([, count]) => count > 0)
  if (found.length > 0)
    return { again: 5, problem: `There is something left: ${found.map(([store]) => store).join(', ')}.` }
  const signed = await desk.receipts.sign({ ...open, counts })
  await desk.within(({ receipts }) => receipts.conclude(open.id, { counts, signed }))
  return 'done'
}

/**
 * Projects have receipts of their own by now, with their objects and sandboxes. Customers and accounts were looked for in
 * vain before the rows went that said how they are called.
 */
async function left(
  { within, objects }: DeletionDesk,
  { organizations, person }: NonNullable<OpenReceipt['covers']>,
): Promise<Record<string, number>> {
  const counts = await within(({ erasures }) =>
    Promise.all([
      ...organizations.map((id) => erasures.rowsLeft('organization', id)),
      ...(person === null ? [] : [erasures.rowsLeft('person', person)]),
    ]),
  )
  const archives = person === null ? [] : await objects.list(objectKeys.person(person))
  const vendors = Object.values(elsewhere).flatMap((place) => ('counted' in place ? [[place.counted, 0] as const] : []))
  const sums: Record<string, number> = { ...Object.fromEntries(vendors), 'stored archives': archives.length }
  for (const each of counts) for (const [store, count] of Object.entries(each)) sums[store] = (sums[store] ?? 0) + count
  return sums
}
