import type { JobDesk } from '../../../lib/context.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'

/** Removed in one sweep; the next one goes on. */
const atMost = 50

/** Archives whose week is over. */
export async function sweepExports({ objects, within }: JobDesk): Promise<void> {
  for (const { id, userId } of await within(({ exports }) => exports.expired(atMost))) {
    for (const key of await objects.list(objectKeys.archivesOf(userId, id))) await objects.remove(key)
    await within(({ exports }) => exports.forget(id))
  }
}
