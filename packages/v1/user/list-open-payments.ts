import { OpenPayments } from '../../../lib/contract/billing.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { graceUntil } from '../../../lib/domain/billing.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const listOpenPayments = operation({
  summary: 'List the organizations whose payment is open and that you may mend',
  may: ['project.list', inOrganization],
  answers: [200, OpenPayments],
  async run({ principal }, { billing }) {
    const owed = await billing.owed(personOf(principal))
    const items = owed.map(({ unpaidSince, ...rest }) => ({
      ...rest,
      graceUntil: graceUntil(unpaidSince).toISOString(),
    }))
    return { items }
  },
})
