import { Onward } from '../../../lib/contract/billing.ts'
import { SignInPath } from '../../../lib/contract/sign-in.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { notOffered, toldCompany } from './told-rules.ts'

export const setUpCompany = waitingOperation({
  summary: 'Connect the directory of a company, by SAML or OpenID Connect: where the browser goes on',
  path: SignInPath,
  may: ['sign-in.change', ofOrganization],
  answers: [200, Onward],
  refuses: ['payment_required', 'unavailable'],
  async run({ path: { organizationId }, principal, standing, requestId }, { companySignIns, within }) {
    const { offered } = toldCompany({ only: false, connections: [] }, { standing, set: true })
    if (!offered) return refuse('payment_required', notOffered)
    if (!companySignIns) return refuse('unavailable')
    const [known, organization] = await within(({ signInRules, organizations }) =>
      Promise.all([signInRules.company(organizationId), organizations.find(organizationId)]),
    )
    const company = known.company ?? (await companySignIns.open(organizationId, organization?.name ?? organizationId))
    await within(async ({ signInRules, audit }) => {
      await signInRules.keepCompany(organizationId, company)
      await audit.record({ organizationId, principal, action: 'sign-in.company', subject: company, requestId })
    })
    return { url: await companySignIns.setUp(company) }
  },
})
