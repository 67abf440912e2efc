import type { SessionId } from '../contract/ids.ts'
import type { Tier } from '../contract/user.ts'
import { tierTable, type TierTerms } from './tiers.ts'

/** What the issuer says of the sign-in behind a token. */
export interface SignIn {
  /** When the person last proved who they are, in milliseconds; a token that was renewed says it as the first one did. */
  provedAt: number
  /** Whether by two factors. */
  twoFactors: boolean
  /** The issuer's organization by whose sign-in they came; null for their own. */
  company: string | null
  /** One of those that the person sees and ends; null where the issuer tells none. */
  sessionId: SessionId | null
}

/** What an organization asks of the sign-ins of its people. */
export interface SignInRules {
  kind: 'personal' | 'team'
  secondFactor: boolean
  /** The issuer's organization that is this one's; null without one. */
  company: string | null
  companyOnly: boolean
}

/** What the tier says of them: whether it lets an organization ask for a second factor, or asks by itself. */
export const signInTerms = (tier: Tier): TierTerms['signIn'] => tierTable[tier].signIn

/** What was set is asked, also in a tier that would not let it be set: going down makes no door wider. */
export const asksSecondFactor = (tier: Tier, { kind, secondFactor }: Pick<SignInRules, 'kind' | 'secondFactor'>) =>
  kind === 'team' && (secondFactor || signInTerms(tier).secondFactor === 'asked')

interface Comer {
  signIn?: SignIn
  key?: { organizationId: unknown; twoFactors: boolean }
}

/** A company's sign-in is nobody in other organizations: its issuer answers for its own people alone. */
export const isOfOtherCompany = ({ signIn }: Comer, rules: SignInRules | undefined): boolean =>
  Boolean(signIn?.company && rules?.kind === 'team' && rules.company !== signIn.company)

/**
 * What somebody's way to come in lacks of what the organization asks. The company's own sign-in lacks nothing, whose factors
 * are the company's affair; nor does a key of the organization, which its administrators made. Owners may always come by
 * their own sign-in, so that a broken connection shuts nobody out for good.
 */
export function lackOf(
  { signIn, key }: Comer,
  rules: SignInRules,
  isOwner: boolean,
): 'second_factor' | 'company' | null {
  if (key?.organizationId || (rules.company && signIn?.company === rules.company)) return null
  if (rules.companyOnly && !isOwner) return 'company'
  return rules.secondFactor && !(key ? key.twoFactors : signIn?.twoFactors) ? 'second_factor' : null
}
