import { Billing, SeatsChange } from '../../../lib/contract/billing.ts'
import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { objectionToSeats } from '../../../lib/domain/billing.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { accountOf, billingOf } from './account.ts'

const overtaken = 'Somebody else has just changed the seats. Look again.'

export const changeSeats = waitingOperation({
  summary: 'Change how many seats a team pays for; more are charged at once, and count once they are paid',
  path: OrganizationPath,
  body: SeatsChange,
  may: ['billing.change', ofOrganization],
  answers: [202, Billing],
  refuses: ['conflict', 'payment_required', 'unavailable'],
  async run({ path: { organizationId }, body: { from, seats }, principal, requestId }, desk) {
    const { payments, within, now } = desk
    if (!payments) return refuse('unavailable')
    const account = await within((stores) => accountOf(stores, organizationId))
    const { subscriptionId, itemId } = account
    const objection = objectionToSeats(account, seats)
    if (objection) return refuse('conflict', objection)
    if (!subscriptionId || !itemId) return refuse('conflict')
    if (!(await within(({ billing }) => billing.beginSeats(organizationId, from)))) return refuse('conflict', overtaken)

    const ended = await payments.changeSeats({ subscriptionId, itemId, seats }, `seats:${organizationId}:${requestId}`)
    if (ended === 'declined') {
      await within(({ billing }) => billing.giveUpSeats(organizationId))
      return refuse('payment_required', 'The card was declined. The seats are as they were.')
    }
    return within(async (stores) => {
      const { billing, audit } = stores
      await audit.record({ organizationId, principal, action: 'billing.seats', subject: organizationId, requestId })
      await billing.askSync(organizationId)
      return billingOf(stores, organizationId, now())
    })
  },
})
