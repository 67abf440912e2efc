import { CompanySignIn, SignInPath } from '../../../lib/contract/sign-in.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { waitingOperation } from '../../../lib/entry/operation.ts'
import { toldCompany } from './told-rules.ts'

export const getCompany = waitingOperation({
  summary: 'Whether the people of an organization come by the sign-in of their company',
  path: SignInPath,
  may: ['sign-in.read', ofOrganization],
  answers: [200, CompanySignIn],
  async run({ path: { organizationId }, standing }, { companySignIns, within }) {
    const { company, only } = await within(({ signInRules }) => signInRules.company(organizationId))
    const connections = company && companySignIns ? await companySignIns.connections(company) : []
    return toldCompany({ only, connections }, { standing, set: companySignIns !== undefined })
  },
})
