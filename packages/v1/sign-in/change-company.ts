import { CompanyChange, CompanySignIn, SignInPath } from '../../../lib/contract/sign-in.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { toldCompany } from './told-rules.ts'

export const changeCompany = waitingOperation({
  summary: 'Choose whether everybody but owners comes by the sign-in of the company alone',
  path: SignInPath,
  body: CompanyChange,
  may: ['sign-in.change', ofOrganization],
  answers: [200, CompanySignIn],
  refuses: ['conflict'],
  async run({ path: { organizationId }, body: { only }, principal, standing, requestId }, { companySignIns, within }) {
    const { company } = await within(({ signInRules }) => signInRules.company(organizationId))
    const connections = company && companySignIns ? await companySignIns.connections(company) : []
    if (only && connections.length === 0) return refuse('conflict', 'No directory of the company is connected yet.')
    await within(async ({ signInRules, audit }) => {
      await signInRules.chooseCompanyOnly(organizationId, only)
      const deed = { organizationId, principal, action: 'sign-in.change', subject: organizationId, requestId } as const
      await audit.record({ ...deed, detail: { companyOnly: only } })
    })
    return toldCompany({ only, connections }, { standing, set: companySignIns !== undefined })
  },
})
