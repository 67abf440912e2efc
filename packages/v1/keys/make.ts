import { MadeKey, NewKey } from '../../../lib/contract/api-key.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { waitingOperation } from '../../../lib/entry/operation.ts'
import { makeKeyFor } from './make-key-for.ts'

/** Without an idempotency key, as all that makes one: the answer holds the key, and would be kept with it. */
export const makeKey = waitingOperation({
  summary: 'Make a key that acts for you; it is told this once',
  body: NewKey,
  may: ['key.change', inOwnOrganization],
  answers: [201, MadeKey],
  refuses: ['invalid_request'],
  run: (given, desk) => makeKeyFor(null, given, desk),
})
