import { Caps } from '../../../lib/contract/engine.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const getCaps = operation({
  summary: 'Read what you allow yourself to cost, for one run and for one month in all your organizations',
  may: ['usage.read', inOwnOrganization],
  answers: [200, Caps],
  run: ({ principal }, { caps }) => caps.of({ kind: 'person', id: personOf(principal) }),
})
