import * as z from 'zod/mini'
import { Linking } from '../../../lib/contract/identity.ts'
import { heldWords } from '../../../lib/domain/identity.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { digestOf } from '../../../lib/work/link-token.ts'
import { linkable, notLinkable } from './linkable.ts'
import { tellLinked } from './tell-linked.ts'

/** Both have proved who they are, in one place: the caller just now, and the other one by the ticket and a token that holds. */
export const link = waitingOperation({
  summary: 'Link the account you have just signed in by to the one that asked for it; it must have nothing of its own',
  body: Linking,
  may: ['identity.link', inOwnOrganization],
  answers: [204, z.null()],
  refuses: ['conflict'],
  async run({ body, principal, standing: { organizationId }, requestId }, { identify, within }) {
    const [mine, first] = [linkable(principal), linkable(await identify(`Bearer ${body.token}`))]
    if (!mine) return refuse('conflict', notLinkable)
    if (!first) return refuse('conflict', over)
    return within(async ({ identities, notices, audit }) => {
      // Written down first: whoever is nobody any more may write nothing here.
      await audit.record({ organizationId, principal, action: 'identity.link', subject: mine.userId, requestId })
      const asked = { digest: digestOf(body.ticket), ...first }
      const linked = await identities.linkMe(asked, { session: mine.sessionId, requestId })
      if (linked.outcome === 'held') return refuse('conflict', stillHas(heldWords(linked.held)))
      if (linked.outcome !== 'linked') return refuse('conflict', refusals[linked.outcome])
      await tellLinked(notices, linked)
      return null
    })
  },
})

const over = 'What was asked for is over, or was done already. Sign in by the first account and ask again.'
const refusals = {
  same: 'This is the account that asked. Sign in by the other one.',
  ticket: over,
  company: notLinkable,
} as const

const stillHas = (what: string) =>
  `This account still has ${what}, which would be lost. Move, leave or remove that first, then link again.`
