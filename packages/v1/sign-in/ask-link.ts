import { LinkTicket } from '../../../lib/contract/identity.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { digestOf, newLinkToken } from '../../../lib/work/link-token.ts'
import { linkable, notLinkable } from './linkable.ts'

/** Without an idempotency key: the answer holds the ticket, and would be kept with it. */
export const askLink = waitingOperation({
  summary: 'Ask to link another account: the ticket is handed in by whoever signs in by that one within minutes',
  may: ['identity.link', inOwnOrganization],
  answers: [201, LinkTicket],
  refuses: ['conflict'],
  async run({ principal }, { within }) {
    const mine = linkable(principal)
    if (!mine) return refuse('conflict', notLinkable)
    const ticket = newLinkToken()
    const expiresAt = await within(({ identities }) => identities.ask({ digest: digestOf(ticket), ...mine }))
    return { ticket, expiresAt }
  },
})
