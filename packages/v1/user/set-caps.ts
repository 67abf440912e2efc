import { Caps } from '../../../lib/contract/engine.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const setCaps = operation({
  summary: 'Set what you allow yourself to cost; runs under way keep what was set aside for them',
  body: Caps,
  may: ['caps.change', inOwnOrganization],
  answers: [200, Caps],
  async run({ body, principal, standing: { organizationId }, requestId }, { caps, audit }) {
    const person = personOf(principal)
    await Promise.all([
      caps.set({ kind: 'person', id: person }, body),
      audit.record({ organizationId, principal, action: 'caps.change', subject: person, requestId }),
    ])
    return body
  },
})
