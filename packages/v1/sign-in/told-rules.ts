import type { CompanySignIn, SignInRules } from '../../../lib/contract/sign-in.ts'
import type { Standing } from '../../../lib/domain/access.ts'
import { signInTerms } from '../../../lib/domain/sign-in.ts'

/** What was chosen, beside what the tier says. */
export function toldRules(chosen: { secondFactor: boolean }, { tier, signIn }: Standing): SignInRules {
  const { secondFactor } = signInTerms(tier)
  const isTeam = signIn?.kind === 'team'
  const byTier = isTeam && secondFactor === 'asked'
  return { secondFactor: chosen.secondFactor || byTier, byTier, mayAsk: isTeam && secondFactor !== 'none' }
}

/** The sign-in of its company, where the tier has it and the installation is `set` up for it. */
export function toldCompany(
  chosen: Omit<CompanySignIn, 'offered'>,
  { standing: { tier, signIn }, set }: { standing: Standing; set: boolean },
): CompanySignIn {
  return { ...chosen, offered: set && signIn?.kind === 'team' && signInTerms(tier).company }
}

export const notOffered = 'The plan of this organization does not have it; larger plans do.'
