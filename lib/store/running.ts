import type { GenerationId, OrganizationId, ProjectId, UserId } from '../contract/ids.ts'
import type { ActiveRun, UnderWay } from '../contract/operator.ts'
import type { Transaction } from './sql.ts'

/** Where a run is that waits or goes on. */
export interface ActivePlace {
  id: GenerationId
  projectId: ProjectId
  organizationId: OrganizationId
}

/** What is under way on the whole installation. */
export function runningStore(transaction: Transaction) {
  return {
    runs(): Promise<ActiveRun[]> {
      return transaction<ActiveRun[]>`
        select g.id, g.state, g.model, g.place, g.attempt, g.spent_micros::float8 as "spentMicros",
          g.cap_micros::float8 as "capMicros", ${instant(transaction, 'created_at')} as "createdAt",
          ${instant(transaction, 'started_at')} as "startedAt",
          jsonb_build_object('id', p.id, 'name', p.name) as project,
          jsonb_build_object('id', o.id, 'name', o.name) as organization,
          jsonb_build_object('id', u.id, 'name', u.name, 'email', u.email) as person
        from everjust.generations g
        join everjust.projects p on p.id = g.project_id
        join everjust.organizations o on o.id = g.organization_id
        join everjust.users u on u.id = g.requested_by
        where g.state in ('queued', 'running')
        order by g.created_at, g.id
        limit 200`
    },

    /** What waits and is worked on, and what was given up in the last day. */
    jobs(): Promise<UnderWay['jobs']> {
      return transaction<UnderWay['jobs']>`
        select j.kind, j.state, count(*)::int as count,
          to_char(min(j.created_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "oldestAt",
          left((array_agg(j.problem order by j.created_at desc))[1], 300) as problem
        from everjust.jobs j
        where j.state in ('queued', 'taken') or j.state = 'failed' and j.ended_at > now() - interval '1 day'
        group by j.kind, j.state
        order by j.kind, j.state`
    },

    /** One that waits or goes on; undefined when it has ended or there is none. */
    async find(id: GenerationId): Promise<ActivePlace | undefined> {
      const [row] = await transaction<ActivePlace[]>`${places(transaction)} and g.id = ${id}`
      return row
    },

    /** Who asked for a run, and where. */
    async askedBy(id: GenerationId): Promise<{ project: string; email: string | null } | undefined> {
      const [row] = await transaction<{ project: string; email: string | null }[]>`
        select p.name as project, u.email from everjust.generations g
        join everjust.projects p on p.id = g.project_id join everjust.users u on u.id = g.requested_by
        where g.id = ${id}`
      return row
    },

    of({ organizationId, userId }: { organizationId?: OrganizationId; userId?: UserId }): Promise<ActivePlace[]> {
      return transaction<ActivePlace[]>`${places(transaction)}
        and (g.organization_id = ${organizationId ?? null} or g.requested_by = ${userId ?? null})`
    },
  }
}

const places = (t: Transaction) => t`
  select g.id, g.project_id as "projectId", g.organization_id as "organizationId"
  from everjust.generations g where g.state in ('queued', 'running')`

const instant = (t: Transaction, column: 'created_at' | 'started_at') => t`
  to_char(g.${t(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
