import { NewCheckout, Onward } from '../../../lib/contract/billing.ts'
import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { objectionToCheckout, planOf, seatsFor } from '../../../lib/domain/billing.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { accountOf, billingPage } from './account.ts'

/** How long the page of a checkout is open; longer than the same one is answered again. */
const openMinutes = 60

export const checkOut = waitingOperation({
  summary: 'Begin to pay for a plan: where the browser goes on; the same wish leads to the same page',
  path: OrganizationPath,
  body: NewCheckout,
  may: ['billing.change', ofOrganization],
  answers: [200, Onward],
  refuses: ['conflict', 'unavailable'],
  async run({ path: { organizationId }, body, principal, requestId }, { payments, within, origins }) {
    if (!payments) return refuse('unavailable')
    const account = await within((stores) => accountOf(stores, organizationId))
    const objection = objectionToCheckout(account)
    if (objection) return refuse('conflict', objection)

    const plan = planOf(account.kind)
    const seats = seatsFor(account, body.seats)
    const customerId = account.customerId ?? (await payments.openCustomer(organizationId))
    const { turn, at, id } = await within(async ({ billing, audit }) => {
      const begun = await billing.beginCheckout(organizationId, { plan, seats })
      await billing.keepCustomer(organizationId, customerId)
      await audit.record({ organizationId, principal, action: 'billing.checkout', subject: organizationId, requestId })
      return begun
    })

    const page = billingPage(origins, organizationId)
    const opened = await payments.openCheckout({
      ...{ organizationId, customerId, plan, seats },
      paid: `${page}?paid=1`,
      left: page,
      expiresAt: new Date(at.getTime() + openMinutes * 60_000),
      key: `checkout:${organizationId}:${turn}`,
    })
    const kept = await within(({ billing }) => billing.keepCheckout(organizationId, turn, opened.id))
    // Whoever asked for another one last, pays that one.
    const closing = kept ? id : opened.id
    if (closing !== null && (closing !== opened.id || !kept)) await payments.closeCheckout(closing)
    return kept ? { url: opened.url } : refuse('conflict', 'Somebody else has just begun to pay for this.')
  },
})
