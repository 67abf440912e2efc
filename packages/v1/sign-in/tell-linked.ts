import type { Linked, Unlinked } from '../../../lib/store/identities.ts'
import type { Stores } from '../../../lib/store/stores.ts'

type Notices = Stores['notices']
const path = '/settings/sign-in'
const nameless = 'an account without an address'

/** Tells both addresses, in the transaction of what it tells of. */
export async function tellLinked(notices: Notices, { id, firstEmail, secondEmail }: Linked): Promise<void> {
  const words = { account: firstEmail ?? nameless, linked: secondEmail ?? nameless, path }
  for (const to of addresses(firstEmail, secondEmail))
    await notices.send({ to, kind: 'signInLinked', words, key: `linked:${id}:${to}` })
}

export async function tellUnlinked(
  notices: Notices,
  { stays, gone, requestId }: Unlinked & { requestId: string },
): Promise<void> {
  const words = { account: stays ?? nameless, gone: gone ?? nameless, path }
  for (const to of addresses(stays, gone))
    await notices.send({ to, kind: 'signInUnlinked', words, key: `unlinked:${requestId}:${to}` })
}

const addresses = (...given: (string | null)[]): Set<string> => new Set(given.filter((each) => each !== null))
