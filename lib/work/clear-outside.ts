import type { DeletionDesk } from '../context.ts'
import type { ReceiptId } from '../contract/ids.ts'
import type { Cleared } from './cleared.ts'
import { leftOutside, removeOutside } from './outside.ts'

interface Which {
  receiptId: ReceiptId
  subject: 'organization' | 'person'
  id: string
}

/**
 * Removes what others keep of it, and asks them whether they did. The rows that say how it is called there may go after
 * that: the receipt notes the names until it is signed, for the last look.
 */
export async function clearOutside(desk: DeletionDesk, { receiptId, subject, id }: Which): Promise<Cleared> {
  const names = await desk.within(async ({ erasures, receipts }) => {
    const found = await erasures.namesOutside(subject, id)
    await receipts.note(receiptId, found)
    return found
  })
  await removeOutside(desk, names)
  const left = Object.entries(await leftOutside(desk, names)).filter(([, count]) => count > 0)
  if (left.length === 0) return 'done'
  return { again: 5, problem: `There are still ${left.map(([place]) => place).join(', ')}.` }
}
