import type { Caps, Limit, MemberCap } from '../contract/engine.ts'
import type { OrganizationId, ProjectId, UserId } from '../contract/ids.ts'
import type { Changed } from './organizations.ts'
import type { Transaction } from './sql.ts'

export type CapOwner =
  { kind: 'person'; id: UserId } | { kind: 'organization'; id: OrganizationId } | { kind: 'project'; id: ProjectId }

interface Those {
  organizationId: OrganizationId
  userId: UserId
  /** None where it is about no project. */
  projectId?: ProjectId
}

/** What people, organizations and projects allow themselves. Whether a run fits is decided where it is begun. */
export function capStore(transaction: Transaction) {
  return {
    async of({ kind, id }: CapOwner): Promise<Caps> {
      const [row] = await transaction<{ run: string | null; month: string | null }[]>`
        select run_micros as run, month_micros as month from everjust.caps
        where owner_kind = ${kind} and owner_id = ${id}`
      return { runMicros: amount(row?.run), monthMicros: amount(row?.month) }
    },

    async set({ kind, id }: CapOwner, { runMicros, monthMicros }: Caps): Promise<void> {
      await transaction`
        insert into everjust.caps (owner_kind, owner_id, run_micros, month_micros)
        values (${kind}, ${id}, ${runMicros}, ${monthMicros})
        on conflict (owner_kind, owner_id) do update
          set run_micros = excluded.run_micros, month_micros = excluded.month_micros, updated_at = now()`
    },

    /** What each of them allows, and what of this month's is used or set aside. */
    async limits({ organizationId, userId, projectId }: Those, period: string): Promise<Limit[]> {
      const rows = await transaction<(Pick<Limit, 'whose'> & Record<'run' | 'month' | 'taken', string | null>)[]>`
        select mine.whose, coalesce(c.run_micros, m.cap_run_micros) as run,
          coalesce(c.month_micros, m.cap_month_micros) as month, mine.taken
        from (values
          ('project', ${projectId ?? null}::text, (select used + reserved from everjust.project_spending
            where project_id = ${projectId ?? null} and period = ${period}::date)),
          ('member', ${userId}::text, (select used + reserved from everjust.member_spending
            where organization_id = ${organizationId} and user_id = ${userId} and period = ${period}::date)),
          ('organization', ${organizationId}::text, (select used + reserved from everjust.quotas
            where organization_id = ${organizationId} and metric = 'micros' and period = ${period}::date)),
          ('person', ${userId}::text, (select used + reserved from everjust.person_spending
            where user_id = ${userId} and period = ${period}::date))
        ) as mine (whose, id, taken)
        left join everjust.caps c on c.owner_kind = mine.whose and c.owner_id = mine.id
        left join everjust.memberships m on mine.whose = 'member' and m.organization_id = ${organizationId}
          and m.user_id = mine.id
        where mine.id is not null
          and (mine.whose <> 'member' or m.cap_run_micros is not null or m.cap_month_micros is not null)
        order by array_position(array['project', 'organization', 'member', 'person'], mine.whose)`
      return rows.map(({ whose, run, month, taken }) => ({
        whose,
        runMicros: amount(run),
        monthMicros: amount(month),
        takenMicros: Number(taken ?? 0),
      }))
    },

    /** Everybody who belongs to an organization, as its admins cap them. */
    async members(organizationId: OrganizationId, period: string): Promise<MemberCap[]> {
      const rows = await transaction<
        (Pick<MemberCap, 'userId' | 'name' | 'email'> & Record<'run' | 'month' | 'taken', string | null>)[]
      >`
        select p.user_id as "userId", p.name, p.email, m.cap_run_micros as run, m.cap_month_micros as month,
          s.used + s.reserved as taken
        from everjust.people_of(${organizationId}) p
        join everjust.memberships m on m.organization_id = ${organizationId} and m.user_id = p.user_id
        left join everjust.member_spending s
          on s.organization_id = ${organizationId} and s.user_id = p.user_id and s.period = ${period}::date`
      return rows.map(({ userId, name, email, run, month, taken }) => ({
        ...{ userId, name, email, runMicros: amount(run), monthMicros: amount(month), takenMicros: Number(taken ?? 0) },
      }))
    },

    async capMember(of: OrganizationId, who: UserId, { runMicros, monthMicros }: Caps): Promise<Changed> {
      const [row] = await transaction<{ outcome: Changed }[]>`
        select everjust.cap_member(${of}, ${who}, ${runMicros}, ${monthMicros}) as outcome`
      return row?.outcome ?? 'unknown'
    },
  }
}

const amount = (text: string | null | undefined) => (text === null || text === undefined ? null : Number(text))
