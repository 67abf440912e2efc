import * as z from 'zod/mini'
import type { DeletionDesk } from '../../../lib/context.ts'
import { ReceiptId } from '../../../lib/contract/ids.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import type { OpenReceipt } from '../../../lib/store/receipt-work.ts'
import { clearOrganization } from '../../../lib/work/clear-organization.ts'
import { clearPerson } from '../../../lib/work/clear-person.ts'
import { leftOutside, removeOutside } from '../../../lib/work/outside.ts'

const Errand = z.object({ receiptId: ReceiptId })

/** Clears, looks again into every store, and signs that nothing was found. Each step may be done twice. */
export async function deleteAccount({ payload }: Job, desk: DeletionDesk): Promise<Outcome> {
  const { receiptId } = Errand.parse(payload)
  const open = await desk.within(({ receipts }) => receipts.openById(receiptId))
  if (!open?.covers) return 'done'
  const { organizations, person } = open.covers
  for (const organizationId of organizations) {
    const outcome = await clearOrganization(desk, { organizationId, receiptId })
    if (outcome !== 'done') return outcome
  }
  const outcome = person === null ? 'done' : await clearPerson(desk, { userId: person, receiptId })
  return outcome === 'done' ? attest(desk, receiptId) : outcome
}

/** Read anew: meanwhile it was noted how others call what is deleted. */
async function attest(desk: DeletionDesk, receiptId: ReceiptId): Promise<Outcome> {
  const open = await desk.within(({ receipts }) => receipts.openById(receiptId))
  if (!open?.covers) return 'done'
  const { covers, ...rest } = open
  const counts = await left(desk, covers)
  const found = Object.entries(counts).filter(([, count]) => count > 0)
  if (found.length > 0) {
    // The rows that named it to others may be gone: what came back there is removed by what was noted.
    await removeOutside(desk, covers.outside ?? {})
    return { again: 5, problem: `There is something left: ${found.map(([store]) => store).join(', ')}.` }
  }
  const signed = await desk.receipts.sign({ ...rest, counts })
  await desk.within(({ receipts }) => receipts.conclude(open.id, { counts, signed }))
  return 'done'
}

/** Projects have receipts of their own by now, with their objects and sandboxes. */
async function left(
  desk: DeletionDesk,
  { organizations, person, outside = {} }: NonNullable<OpenReceipt['covers']>,
): Promise<Record<string, number>> {
  const { within, objects } = desk
  const counts = await within(({ erasures }) =>
    Promise.all([
      ...organizations.map((id) => erasures.rowsLeft('organization', id)),
      ...(person === null ? [] : [erasures.rowsLeft('person', person)]),
    ]),
  )
  const archives = person === null ? [] : await objects.list(objectKeys.person(person))
  const sums: Record<string, number> = { ...(await leftOutside(desk, outside)), 'stored archives': archives.length }
  for (const each of counts) for (const [store, count] of Object.entries(each)) sums[store] = (sums[store] ?? 0) + count
  return sums
}
