import type { DeletionDesk } from '../context.ts'
import type { UserId } from '../contract/ids.ts'
import { objectKeys } from '../ports/object-store.ts'
import type { Cleared } from './cleared.ts'

/**
 * Removes a person who was deleted: the account at the issuer, and the rows; what others' rows point at stays as an id
 * without a name. What tells how to find the account goes last, once it was seen to be gone.
 */
export async function clearPerson({ within, identities, objects }: DeletionDesk, userId: UserId): Promise<Cleared> {
  const subject = await within(({ erasures }) => erasures.subjectOf(userId))
  if (subject !== undefined) {
    await identities.remove(subject)
    if (await identities.knows(subject)) return { again: 5, problem: 'The account is still known to the issuer.' }
  }
  for (const key of await objects.list(objectKeys.person(userId))) await objects.remove(key)
  await within(async ({ erasures }) => {
    await erasures.eraseAddress(userId)
    await erasures.erase('person', userId)
  })
  return 'done'
}
