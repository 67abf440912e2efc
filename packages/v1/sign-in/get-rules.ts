import { SignInPath, SignInRules } from '../../../lib/contract/sign-in.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { toldRules } from './told-rules.ts'

export const getRules = operation({
  summary: 'What an organization asks of the sign-ins of its people',
  path: SignInPath,
  may: ['sign-in.read', ofOrganization],
  answers: [200, SignInRules],
  run: async ({ path: { organizationId }, standing }, { signInRules }) =>
    toldRules(await signInRules.find(organizationId), standing),
})
