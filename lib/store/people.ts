import type { OrganizationId, SessionId, UserId } from '../contract/ids.ts'
import type { User } from '../contract/user.ts'
import type { Action, KeyInUse } from '../domain/access.ts'
import type { SignIn } from '../domain/sign-in.ts'
import { seatedTiers } from '../domain/tiers.ts'
import type { Database, Transaction } from './sql.ts'

interface FirstCall {
  userId: UserId
  organizationId: OrganizationId
  issuer: string
  subject: string
  email: string | null
  name: string | null
  /** What the issuer calls the session. */
  session: string | null
  /** What one that is new is called here. */
  sessionId: SessionId
  signIn: Omit<SignIn, 'sessionId'>
  agent: string | null
  origin: string | null
}

/**
 * The user of this issuer and subject, and the session by which they come; undefined when blocked, or when that session
 * was ended after they proved who they are. The first call makes the user and a personal organization.
 */
export function enter(
  database: Database,
  { userId, organizationId, issuer, subject, email, name, ...call }: FirstCall,
): Promise<Entered | undefined> {
  const { session, sessionId, signIn, agent, origin } = call
  return database.asNobody(async (sql) => {
    const [row] = await sql<Entered[]>`
      select user_id as "userId", session_id as "sessionId"
      from everjust.enter_unless_gone(${userId}, ${organizationId}, ${issuer}, ${subject}, ${email}, ${name},
        ${sql.json({ id: sessionId, name: session, agent, origin, seated: seatedTiers, ...signIn })})`
    return row
  })
}

interface Entered {
  userId: UserId
  sessionId: SessionId | null
}

interface UsedKey extends KeyInUse {
  userId: UserId
  scopes: Action[]
}

/** Whose key this is and what it may do, and notes that it was used; undefined when unknown, revoked or expired. */
export function useApiKey(database: Database, digest: string): Promise<UsedKey | undefined> {
  return database.asNobody(async (sql) => {
    const [row] = await sql<UsedKey[]>`
      select id, user_id as "userId", organization_id as "organizationId", to_jsonb(scopes) as scopes,
        requests_per_minute as "requestsPerMinute",
        two_factors as "twoFactors"
      from everjust.use_api_key(${digest})`
    return row
  })
}

/** Without what is switched on for whom, and with the versions of the terms that were accepted. */
type Known = Omit<User, 'organizations' | 'termsAccepted'> & {
  organizations: Omit<User['organizations'][number], 'flags'>[]
  terms: string[]
}

export function peopleStore(transaction: Transaction) {
  return {
    async find(userId: UserId): Promise<Known | undefined> {
      const [row] = await transaction<Known[]>`
        select u.id, u.email, u.name, u.created_at as "createdAt", (
          select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind, 'tier', o.tier, 'role', m.role)
            order by o.kind, m.created_at)
          from everjust.memberships m join everjust.organizations o on o.id = m.organization_id
          where m.user_id = u.id
        ) as organizations, array(select version from everjust.accepted_terms t where t.user_id = u.id) as terms
        from everjust.users u
        where u.id = ${userId} and u.blocked_at is null`
      return row && { ...row, createdAt: new Date(row.createdAt).toISOString() }
    },

    /** False when that was accepted before. */
    async acceptTerms(userId: UserId, version: string): Promise<boolean> {
      const rows = await transaction`
        insert into everjust.accepted_terms (user_id, version) values (${userId}, ${version})
        on conflict do nothing returning version`
      return rows.length > 0
    },
  }
}
