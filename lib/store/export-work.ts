import type { ExportId, ProjectId, UserId } from '../contract/ids.ts'
import { keptDays } from '../domain/retention.ts'
import type { Transaction } from './sql.ts'

/** Where an export goes on: the last project that is whole in it, and how many files and images of the next one are. */
export interface ExportPlace {
  after: ProjectId | ''
  files: number
}

export interface OpenExport {
  id: ExportId
  userId: UserId
  parts: { bytes: number }[]
  place: ExportPlace | null
}

type Rows = Record<string, unknown>[]

/** What the job that writes exports works with. */
export function exportWorkStore(transaction: Transaction) {
  return {
    async open(id: ExportId): Promise<OpenExport | undefined> {
      const [row] = await transaction<OpenExport[]>`
        select e.id, e.user_id as "userId", e.parts, e.place from everjust.exports e
        join everjust.users u on u.id = e.user_id and u.deleted_at is null
        where e.id = ${id} and e.ready_at is null`
      return row
    },

    /** A part is written. Without a place to go on from it was the last one. */
    async advance(id: ExportId, bytes: number, place: ExportPlace | null): Promise<void> {
      await transaction`
        update everjust.exports set parts = parts || ${transaction.json([{ bytes }])}, place = ${place && transaction.json({ ...place })},
          ready_at = ${place ? null : transaction`now()`}, expires_at = now() + make_interval(days => ${keptDays.archives})
        where id = ${id} and ready_at is null`
    },

    /** Those whose time is over, or that were begun and never ended. */
    async expired(limit: number): Promise<{ id: ExportId; userId: UserId }[]> {
      return transaction<{ id: ExportId; userId: UserId }[]>`
        select id, user_id as "userId" from everjust.exports where expires_at < now() order by expires_at limit ${limit}`
    },

    async forget(id: ExportId): Promise<void> {
      await transaction`delete from everjust.exports where id = ${id}`
    },

    /** All that is held about the person outside projects, by what it is called in the archive. */
    async about(userId: UserId): Promise<Record<string, unknown>> {
      const one = async (rows: PromiseLike<Rows>) => [...(await rows)]
      const [person] = await transaction<Rows>`
        select id, email, name, created_at as "createdAt" from everjust.users where id = ${userId}`
      return {
        person,
        organizations: await one(transaction<Rows>`
          select o.id, o.name, o.kind, o.tier, m.role, m.created_at as "since"
          from everjust.memberships m join everjust.organizations o on o.id = m.organization_id
          where m.user_id = ${userId} order by m.created_at`),
        guestOf: await one(transaction<Rows>`
          select project_id as "projectId", role, created_at as "since" from everjust.project_guests
          where user_id = ${userId} order by created_at`),
        invitations: await one(transaction<Rows>`
          select id, organization_id as "organizationId", role, email, created_at as "createdAt", expires_at as "expiresAt"
          from everjust.invitations where created_by = ${userId} order by created_at`),
        apiKeys: await one(transaction<Rows>`
          select id, name, prefix, to_jsonb(scopes) as scopes, created_at as "createdAt", last_used_at as "lastUsedAt",
            expires_at as "expiresAt", revoked_at as "revokedAt"
          from everjust.api_keys where user_id = ${userId} order by created_at`),
        signIns: await one(transaction<Rows>`
          select split_part(subject, '|', 1) as "by", email, name, created_at as "since" from everjust.users
          where id = ${userId}
          union all
          select split_part(subject, '|', 1), email, name, created_at from everjust.identities where user_id = ${userId}
          order by "since"`),
        sessions: await one(transaction<Rows>`
          select agent, origin, proved_at as "provedAt", created_at as "createdAt", seen_at as "seenAt",
            ended_at as "endedAt"
          from everjust.sessions where user_id = ${userId} order by created_at`),
        acceptedTerms: await one(transaction<Rows>`
          select version, accepted_at as "at" from everjust.accepted_terms where user_id = ${userId} order by accepted_at`),
        caps: await one(transaction<Rows>`
          select run_micros as "runMicros", month_micros as "monthMicros" from everjust.caps
          where owner_kind = 'person' and owner_id = ${userId}`),
        favourites: await one(transaction<Rows>`
          select project_id as "projectId", created_at as "at" from everjust.favourites
          where user_id = ${userId} order by created_at`),
        waitingRequests: await one(transaction<Rows>`
          select project_id as "projectId", prompt, created_at as "at" from everjust.queued_messages
          where written_by = ${userId} order by created_at`),
        improvedRequests: await one(transaction<Rows>`
          select project_id as "projectId", prompt, answer, created_at as "at" from everjust.improvements
          where user_id = ${userId} order by created_at`),
        used: await one(transaction<Rows>`
          select organization_id as "organizationId", period, metric, state, settled, created_at as "at"
          from everjust.ledger where user_id = ${userId} order by created_at limit 100000`),
        done: await one(transaction<Rows>`
          select organization_id as "organizationId", at, action, subject, outcome, origin
          from everjust.audit_log where actor = ${userId} order by at limit 100000`),
      }
    },
  }
}
