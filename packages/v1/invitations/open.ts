import * as z from 'zod/mini'
import { JoinPath, OpenedInvitation } from '../../../lib/contract/organization.ts'
import { publicOperation, refuse } from '../../../lib/entry/operation.ts'
import { digestOf } from '../../../lib/work/link-token.ts'

/** What is unknown, over, used up and taken back is answered alike. */
export const openInvitation = publicOperation({
  summary: 'Read who invites to what; an invitation shows this to whoever has it',
  path: JoinPath,
  query: z.object({}),
  answers: [200, OpenedInvitation],
  refuses: ['not_found'],
  freshSeconds: 0,
  rates: (_, address) => [['link-address', address]],
  async run({ path: { token } }, { invitations }) {
    const found = await invitations.open(digestOf(token))
    return found ? { ...found, expiresAt: found.expiresAt.toISOString() } : refuse('not_found')
  },
})
