import type { InvitationId } from '../contract/ids.ts'
import { personOf, type Principal } from '../domain/access.ts'
import type { Stores } from '../store/stores.ts'

interface Letter {
  made: { id: InvitationId; expiresAt: string }
  email: string
  token: string
  /** The name of the organization or the project. */
  to: string
  principal: Principal
}

/** Tells somebody that they are invited, in the transaction that the invitation is made in. */
export async function mailInvitation(
  { people, notices }: Pick<Stores, 'people' | 'notices'>,
  { made, email, token, to, principal }: Letter,
): Promise<void> {
  const person = await people.find(personOf(principal))
  const by = person?.name ?? person?.email ?? to
  const words = { organization: to, by, path: `/join/${token}`, until: made.expiresAt }
  await notices.send({ to: email, kind: 'invitation', words, key: `invitation:${made.id}` })
}
