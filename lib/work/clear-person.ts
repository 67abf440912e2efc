import type { DeletionDesk } from '../context.ts'
import type { ReceiptId, UserId } from '../contract/ids.ts'
import { objectKeys } from '../ports/object-store.ts'
import { clearOutside } from './clear-outside.ts'
import type { Cleared } from './cleared.ts'

/**
 * Removes a person who was deleted: the accounts at the issuer, and the rows; what others' rows point at stays as an id
 * without a name. What tells how to find them goes last, once they were seen to be gone.
 */
export async function clearPerson(
  desk: DeletionDesk,
  { userId, receiptId }: { userId: UserId; receiptId: ReceiptId },
): Promise<Cleared> {
  const { within, objects } = desk
  const outcome = await clearOutside(desk, { receiptId, subject: 'person', id: userId })
  if (outcome !== 'done') return outcome
  for (const key of await objects.list(objectKeys.person(userId))) await objects.remove(key)
  await within(async ({ erasures }) => {
    await erasures.eraseAddress(userId)
    await erasures.erase('person', userId)
  })
  return 'done'
}
