import type { OrganizationId, UserId } from '../contract/ids.ts'
import { formatKeyset, type Keyset } from '../contract/keyset.ts'
import type {
  KnownOrganization,
  KnownPerson,
  OrganizationDetail,
  OrganizationSearch,
  SearchQuery,
} from '../contract/operator.ts'
import type { Page } from '../contract/page.ts'
import type { Limits } from '../contract/limits.ts'
import type { Tier } from '../contract/user.ts'
import { limitsOf } from '../domain/limits.ts'
import type { Transaction } from './sql.ts'

type After = { after: Keyset<'created'> | undefined }
type Asked<Q> = Omit<Q, 'after'> & After

/** Who is there, newest first, for those who run the installation. Whoever was deleted is not. */
export function rosterStore(transaction: Transaction) {
  return {
    async people({ q, limit, after }: Asked<SearchQuery>): Promise<Page<KnownPerson>> {
      const rows = await transaction<(KnownPerson & Placed)[]>`
        select u.id, u.email, u.name, ${instant(transaction, transaction`u.created_at`)} as "createdAt",
          ${placed(transaction, 'u')} as key,
          case when u.suspended_at is not null then jsonb_build_object(
            'at', ${instant(transaction, transaction`u.suspended_at`)}, 'reason', u.suspended_reason) end as suspended,
          (select ${instant(transaction, transaction`max(g.created_at)`)} from everjust.generations g
            where g.requested_by = u.id) as "lastRunAt",
          coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'role', m.role) order by o.kind, o.name)
            from everjust.memberships m join everjust.organizations o on o.id = m.organization_id
            where m.user_id = u.id), '[]') as organizations
        from everjust.users u
        where u.deleted_at is null and ${speaksOf(transaction, q, transaction`concat_ws(' ', u.id, u.email, u.name)`)}
          and ${beyond(transaction, after, 'u')}
        order by u.created_at desc, u.id desc
        limit ${limit + 1}`
      return pageOf(rows, limit)
    },

    async organizations({ q, tier, limit, after }: Asked<OrganizationSearch>): Promise<Page<KnownOrganization>> {
      const rows = await transaction<(KnownOrganization & Placed)[]>`
        select ${organizationColumns(transaction)}, ${placed(transaction, 'o')} as key
        from everjust.organizations o
        where o.deleted_at is null and ${speaksOf(transaction, q, transaction`concat_ws(' ', o.id, o.name)`)}
          and ${tier ? transaction`o.tier = ${tier}` : transaction`true`} and ${beyond(transaction, after, 'o')}
        order by o.created_at desc, o.id desc
        limit ${limit + 1}`
      return pageOf(rows, limit)
    },

    async organization(id: OrganizationId): Promise<OrganizationDetail | undefined> {
      const [row] = await transaction<(KnownOrganization & Granted & Pick<OrganizationDetail, 'people'>)[]>`
        select ${organizationColumns(transaction)}, o.granted_tier as "grantedTier", o.limits as "grantedLimits",
          o.limits_reason as "grantedReason", ${instant(transaction, transaction`o.limits_until`)} as "grantedUntil",
          o.limits_until <= now() as "grantOver",
          coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name, 'email', u.email, 'role', m.role)
            order by m.created_at)
            from everjust.memberships m join everjust.users u on u.id = m.user_id where m.organization_id = o.id), '[]') as people
        from everjust.organizations o where o.id = ${id} and o.deleted_at is null`
      return row && detailOf(row)
    },

    /** The personal organization of a person, in whose audit log stands what concerns the person. */
    async ownOf(userId: UserId): Promise<OrganizationId | undefined> {
      const [row] = await transaction<{ id: OrganizationId }[]>`
        select o.id from everjust.memberships m join everjust.organizations o on o.id = m.organization_id
        where m.user_id = ${userId} and o.kind = 'personal'`
      return row?.id
    },

    /** Who is told by mail what concerns an organization: its owners. */
    ownersOf(id: OrganizationId): Promise<Reached[]> {
      return transaction<Reached[]>`
        select o.name, u.email from everjust.organizations o
        join everjust.memberships m on m.organization_id = o.id and m.role = 'owner'
        join everjust.users u on u.id = m.user_id
        where o.id = ${id} and u.email is not null and u.blocked_at is null`
    },
  }
}

/** Where mail reaches somebody, and what the thing is called that it tells of. */
interface Reached {
  name: string
  email: string
}

interface Granted {
  grantedTier: Tier | null
  grantedLimits: Partial<Limits> | null
  grantedUntil: string | null
  grantedReason: string | null
  grantOver: boolean | null
}

function detailOf(row: KnownOrganization & Granted & Pick<OrganizationDetail, 'people'>): OrganizationDetail {
  const { grantedTier, grantedLimits, grantedUntil, grantedReason, grantOver, ...known } = row
  const over = grantOver ?? false
  const isGranted = grantedTier !== null || grantedLimits !== null
  return {
    ...known,
    limits: limitsOf({
      tier: (!over && grantedTier) || known.tier,
      seats: known.seats,
      overrides: over ? null : grantedLimits,
    }),
    grant: isGranted
      ? { tier: grantedTier, limits: grantedLimits ?? {}, until: grantedUntil, reason: grantedReason ?? '', over }
      : null,
  }
}

const organizationColumns = (t: Transaction) => t`
  o.id, o.name, o.kind, o.tier, o.seats, ${instant(t, t`o.created_at`)} as "createdAt",
  (select count(*)::int from everjust.memberships m where m.organization_id = o.id) as members,
  (select count(*)::int from everjust.projects p where p.organization_id = o.id and p.deleted_at is null) as projects,
  ${usedOf(t, 'generations')}::int as requests, ${usedOf(t, 'micros')}::float8 as "spentMicros",
  case when o.suspended_at is not null then jsonb_build_object(
    'at', ${instant(t, t`o.suspended_at`)}, 'reason', o.suspended_reason) end as suspended`

const usedOf = (t: Transaction, metric: 'generations' | 'micros') => t`
  coalesce((select q.used from everjust.quotas q where q.organization_id = o.id and q.metric = ${metric}
    and q.period = date_trunc('month', now() at time zone 'utc')::date), 0)`

type Fragment = ReturnType<Transaction>

const instant = (t: Transaction, at: Fragment) => t`to_char(${at} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const speaksOf = (t: Transaction, q: string | undefined, text: Fragment) =>
  q ? t`position(lower(${q}) in lower(${text})) > 0` : t`true`

interface Placed {
  key: string
}

const placed = (t: Transaction, table: 'u' | 'o') =>
  t`((extract(epoch from ${t(table)}.created_at) * 1000000)::bigint)::text`

const beyond = (t: Transaction, after: Keyset<'created'> | undefined, table: 'u' | 'o') =>
  after
    ? t`(${t(table)}.created_at, ${t(table)}.id)
        < ('epoch'::timestamptz + ${after.key}::bigint * interval '1 microsecond', ${after.id})`
    : t`true`

function pageOf<T extends { id: string }>(rows: readonly (T & Placed)[], limit: number): Page<T> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(({ key: _, ...row }) => row as unknown as T),
    next: last ? formatKeyset({ sort: 'created', key: last.key, id: last.id }) : null,
  }
}
