import { SignInChange, SignInPath, SignInRules } from '../../../lib/contract/sign-in.ts'
import { signedInTwice } from '../../../lib/domain/access.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { notOffered, toldRules } from './told-rules.ts'

export const changeRules = operation({
  summary: 'Choose what an organization asks of the sign-ins of its people, from their next request on',
  path: SignInPath,
  body: SignInChange,
  may: ['sign-in.change', ofOrganization],
  answers: [200, SignInRules],
  refuses: ['payment_required', 'second_factor_required'],
  async run({ path: { organizationId }, body, principal, standing, requestId }, { signInRules, audit }) {
    const { secondFactor } = body
    if (secondFactor && !toldRules(body, standing).mayAsk) return refuse('payment_required', notOffered)
    // So that nobody shuts out themselves.
    if (secondFactor && !signedInTwice(principal)) return refuse('second_factor_required', firstOneself)
    await signInRules.choose(organizationId, body)
    const deed = { organizationId, principal, action: 'sign-in.change', subject: organizationId, requestId } as const
    await audit.record({ ...deed, detail: { secondFactor } })
    return toldRules(body, standing)
  },
})

const firstOneself = 'Sign in by two factors yourself before you ask it of everybody.'
