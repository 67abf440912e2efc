import type { ApiKeyId, GenerationId, OrganizationId, ProjectId, SessionId, UserId } from '../contract/ids.ts'
import type { Limits } from '../contract/limits.ts'
import { operatorPermission } from '../contract/permission.ts'
import type { Role } from '../contract/user.ts'
import type { Engine } from './offer.ts'
import type { Terms } from './limits.ts'
import type { Precedents } from './quote.ts'
import { isOfOtherCompany, lackOf, type SignIn, type SignInRules } from './sign-in.ts'

/** Who is calling: a person, or the runner of one generation with the rights of that run only. */
export type Principal =
  | {
      kind: 'user'
      userId: UserId
      scopes: readonly Action[] | 'all'
      /** How the person signed in; nobody did who calls by a key. */
      signIn?: SignIn
      /** What the issuer permits beside signing in. */
      permissions?: readonly string[]
      key?: KeyInUse
    }
  | { kind: 'run'; projectId: ProjectId; generationId: GenerationId | null; attempt: number }

export type Action = keyof typeof actions

/** The API key that somebody calls by. */
export interface KeyInUse {
  id: ApiKeyId
  /** The one organization it acts in; null is all of its person's. */
  organizationId: OrganizationId | null
  requestsPerMinute: number
  /** Whether whoever made it had signed in by two factors. */
  twoFactors: boolean
}

export const isOperator = (principal: Principal): boolean =>
  principal.kind === 'user' && (principal.permissions?.includes(operatorPermission) ?? false)

/** The person who calls; for operations that no run may do. */
export function personOf(principal: Principal): UserId {
  if (principal.kind !== 'user') throw new Error('a run did what only a person may do')
  return principal.userId
}

/** The session by which the caller came; null for a key, and where the issuer tells none. */
export const sessionOf = (principal: Principal): SessionId | null =>
  (principal.kind === 'user' && principal.signIn?.sessionId) || null

/** Whether the caller signed in by two factors. */
export const signedInTwice = (principal: Principal): boolean =>
  principal.kind === 'user' && principal.signIn?.twoFactors === true

/**
 * The least role for each action, and who may do it `also`, beyond that rank; `run` marks what the runner of a project may
 * do, `null` what only it may do. What is marked `changes` is refused in an archived project; what is marked `proof` needs
 * somebody who has just proved who they are, which no key ever has.
 */
const actions = {
  'organization.make': { role: 'viewer', run: false },
  'organization.read': { role: 'viewer', run: false },
  'organization.update': { role: 'admin', run: false },
  'organization.delete': { role: 'owner', run: false, proof: 'fresh' },
  'organization.transfer': { role: 'owner', run: false, proof: 'fresh' },
  'account.export': { role: 'owner', run: false, proof: 'fresh' },
  'account.exports': { role: 'owner', run: false },
  'terms.accept': { role: 'viewer', run: false },
  'account.delete': { role: 'owner', run: false, proof: 'fresh' },
  'member.list': { role: 'viewer', run: false },
  'member.change': { role: 'admin', run: false },
  'member.leave': { role: 'viewer', run: false },
  'invitation.list': { role: 'admin', run: false },
  'invitation.change': { role: 'admin', run: false },
  'invitation.accept': { role: 'viewer', run: false },
  'billing.read': { role: 'admin', also: ['billing'], run: false },
  'billing.change': { role: 'admin', also: ['billing'], run: false, proof: 'fresh' },
  'project.list': { role: 'viewer', run: false },
  'project.create': { role: 'editor', run: false },
  'project.read': { role: 'viewer', run: false },
  'project.update': { role: 'editor', run: false },
  'project.delete': { role: 'admin', run: false },
  'project.move': { role: 'admin', run: false },
  'folder.change': { role: 'editor', run: false },
  'favourite.change': { role: 'viewer', run: false },
  'generation.start': { role: 'editor', run: false, changes: true },
  'generation.cancel': { role: 'editor', run: false },
  'version.save': { role: 'editor', run: true, changes: true },
  'version.restore': { role: 'editor', run: false, changes: true },
  'version.name': { role: 'editor', run: false },
  'blob.read': { role: 'viewer', run: true },
  'lock.change': { role: 'editor', run: false, changes: true },
  'share.list': { role: 'editor', run: false },
  'share.change': { role: 'editor', run: false },
  'guest.list': { role: 'editor', run: false },
  'guest.change': { role: 'admin', run: false },
  'guest.leave': { role: 'viewer', run: false },
  'sandbox.control': { role: 'editor', run: false, changes: true },
  // Not for the readers of a public project: an editor's, because those are as viewers.
  'project.usage': { role: 'editor', run: false },
  'project.members': { role: 'editor', run: false },
  'sandbox.shell': { role: 'editor', run: false, changes: true },
  'engine.read': { role: 'viewer', run: false },
  'engine.change': { role: 'admin', run: false },
  'secret.list': { role: 'editor', run: false },
  'secret.change': { role: 'editor', run: false, changes: true },
  'organization.usage': { role: 'admin', also: ['billing'], run: false },
  'usage.read': { role: 'viewer', run: false },
  'caps.change': { role: 'viewer', run: false },
  'key.list': { role: 'admin', run: false },
  'key.revoke': { role: 'admin', run: false },
  'key.change': { role: 'viewer', run: false, proof: 'fresh' },
  'key.manage': { role: 'admin', run: false, proof: 'fresh' },
  'sign-in.read': { role: 'admin', run: false },
  'sign-in.change': { role: 'owner', run: false, proof: 'fresh' },
  'session.list': { role: 'viewer', run: false },
  'session.end': { role: 'viewer', run: false },
  'identity.list': { role: 'viewer', run: false },
  'identity.link': { role: 'viewer', run: false, proof: 'fresh' },
  'identity.unlink': { role: 'viewer', run: false, proof: 'fresh' },
  'audit.read': { role: 'admin', run: false },
  'audit.export': { role: 'owner', run: false },
  'run.report': { role: null, run: true },
  'model.call': { role: null, run: true },
} as const satisfies Record<string, Demand>

interface Demand {
  role: Role | null
  also?: readonly Role[]
  run: boolean
  changes?: true
  proof?: 'fresh'
}

/** What the caller is to the thing the request is about, as the database told it. */
export interface Standing extends Pick<Terms, 'tier' | 'seats'> {
  organizationId: OrganizationId
  /** What the organization may use. */
  limits: Limits
  role: Role | 'run'
  /** What its organization asks of sign-ins; without it, nothing. */
  signIn?: SignInRules
  /** Of a project that is kept and not worked on. */
  archived?: boolean
  /** Why the caller, or the organization, is suspended; null when neither is. */
  suspended?: string | null
  /** How its organization uses models, where that was asked for along with the rest. */
  engine?: Engine
  /** What like runs used; likewise. */
  precedents?: Precedents
}

const rank: Record<Role, number> = { viewer: 0, billing: 0, editor: 1, admin: 2, owner: 3 }

export type Verdict = 'allowed' | 'refused' | 'hidden' | 'archived' | 'suspended' | 'second_factor' | 'company'

/** For how long somebody has just proved who they are. */
const freshMs = 5 * 60_000

/** All that can be asked for, and denied. */
export const actionNames = Object.keys(actions) as Action[]

/** What a key may be made for: what people may do without proving anew who they are. */
export const keyScopes = (Object.entries(actions) as [Action, Demand][])
  .filter(([, { role, proof }]) => role !== null && !proof)
  .map(([action]) => action)

/** Hidden when the principal may not even read; refused when it may read but not act. */
export function decide(principal: Principal, action: Action, standing: Standing | undefined): Verdict {
  if (!standing) return 'hidden'
  const { role, also = [], run, changes, proof }: Demand = actions[action]
  if (isHalted(principal, action, standing)) return 'suspended'
  if (principal.kind === 'run') return run ? 'allowed' : 'hidden'
  if (standing.role === 'run' || role === null) return 'hidden'
  if (isElsewhere(principal, standing)) return 'hidden'
  const lack = standing.signIn && !anyhow.has(action) && lackOf(principal, standing.signIn, standing.role === 'owner')
  if (lack) return lack
  if (principal.scopes !== 'all' && !principal.scopes.includes(action)) return 'refused'
  if (rank[standing.role] < rank[role] && !also.includes(standing.role)) return 'refused'
  if (proof && !principal.signIn) return 'refused'
  return changes && standing.archived ? 'archived' : 'allowed'
}

/** Whether somebody who is allowed to must first prove anew who they are. */
export function isStale(principal: Principal, action: Action, now: Date): boolean {
  const { proof }: Demand = actions[action]
  return proof !== undefined && principal.kind === 'user' && !hasJustProved(principal, now)
}

/** Whether the caller proved a moment ago who they are. */
export const hasJustProved = (principal: Principal, now: Date): boolean =>
  principal.kind === 'user' && now.getTime() - (principal.signIn?.provedAt ?? 0) <= freshMs

/** Whoever cannot, or will not, sign in as the organization asks may at least go. */
const anyhow = new Set<Action>(['member.leave'])

/** A key of one organization is nobody in the others, and so is the sign-in of a company. */
const isElsewhere = (principal: Extract<Principal, { kind: 'user' }>, { organizationId, signIn }: Standing): boolean =>
  Boolean(principal.key?.organizationId && principal.key.organizationId !== organizationId) ||
  isOfOtherCompany(principal, signIn)

/** A run that is under way when its organization is suspended may still report and save, but asks the model no more. */
function isHalted(principal: Principal, action: Action, { suspended }: Standing): boolean {
  return typeof suspended === 'string' && (principal.kind === 'user' || action === 'model.call')
}
