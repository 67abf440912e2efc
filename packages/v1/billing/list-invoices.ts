import { InvoiceList } from '../../../lib/contract/billing.ts'
import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const listInvoices = operation({
  summary: 'List what an organization was billed, newest first',
  path: OrganizationPath,
  may: ['billing.read', ofOrganization],
  answers: [200, InvoiceList],
  async run({ path: { organizationId } }, { billing }) {
    const invoices = await billing.invoices(organizationId)
    const items = invoices.map(({ createdAt, ...rest }) => ({
      ...rest,
      currency: 'USD' as const,
      createdAt: createdAt.toISOString(),
    }))
    return { items, next: null }
  },
})
