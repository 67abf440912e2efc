import { KeyPath, MadeKey, Rotation } from '../../../lib/contract/api-key.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { waitingOperation } from '../../../lib/entry/operation.ts'
import { rotateKeyOf } from './rotate-key-of.ts'

export const rotateKey = waitingOperation({
  summary: 'Put a new key in the place of one of yours; the old one goes on for a while',
  path: KeyPath,
  body: Rotation,
  may: ['key.change', inOwnOrganization],
  answers: [201, MadeKey],
  refuses: ['not_found'],
  run: (given, desk) => rotateKeyOf(null, given, desk),
})
