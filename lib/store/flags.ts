import type { Flag, FlagName } from '../contract/flag.ts'
import type { OrganizationId } from '../contract/ids.ts'
import { usualPercent } from '../domain/flags.ts'
import type { Transaction } from './sql.ts'

/** What is switched on for whom. An organization stays in or out when the share grows: its place is a digest of its id. */
export function flagStore(transaction: Transaction) {
  return {
    async isOn(name: FlagName, organizationId: OrganizationId): Promise<boolean> {
      const rows = await transaction`
        select from ${known(transaction)} cross join (select ${organizationId}::text as id) o ${settings(transaction)}
        where n.name = ${name} and ${holds(transaction)}`
      return rows.length > 0
    },

    /** By organization, for those the transaction's person belongs to. */
    async ofOwn(): Promise<{ organizationId: OrganizationId; name: FlagName }[]> {
      return transaction<{ organizationId: OrganizationId; name: FlagName }[]>`
        select o.id as "organizationId", n.name
        from ${known(transaction)} cross join (select everjust.my_organizations() as id) o ${settings(transaction)}
        where ${holds(transaction)} order by n.place`
    },
  }
}

/** What only those do who run the installation. */
export function flagDeskStore(transaction: Transaction) {
  return {
    list(): Promise<Flag[]> {
      return transaction<Flag[]>`
        select n.name, coalesce(f.percent, n.percent) as percent, coalesce((
          select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'on', e.enabled) order by o.name, o.id)
          from everjust.flag_organizations e join everjust.organizations o on o.id = e.organization_id
          where e.name = n.name), '[]') as exceptions
        from ${known(transaction)} left join everjust.flags f on f.name = n.name
        order by n.place`
    },

    async share(name: FlagName, percent: number): Promise<void> {
      await transaction`
        insert into everjust.flags (name, percent) values (${name}, ${percent})
        on conflict (name) do update set percent = excluded.percent`
    },

    /** Null takes an exception back. False when there is no such organization. */
    async except(name: FlagName, organizationId: OrganizationId, on: boolean | null): Promise<boolean> {
      if (on === null) {
        const gone = await transaction`
          delete from everjust.flag_organizations where name = ${name} and organization_id = ${organizationId} returning name`
        return gone.length > 0
      }
      const rows = await transaction`
        insert into everjust.flag_organizations (name, organization_id, enabled)
        select ${name}, id, ${on} from everjust.organizations where id = ${organizationId} and deleted_at is null
        on conflict (name, organization_id) do update set enabled = excluded.enabled returning name`
      return rows.length > 0
    },
  }
}

const usual = Object.entries(usualPercent).map(([name, percent], place) => ({ name, percent, place }))

const known = (t: Transaction) => t`jsonb_to_recordset(${t.json(usual)}) as n(name text, percent int, place int)`

const settings = (t: Transaction) => t`
  left join everjust.flags f on f.name = n.name
  left join everjust.flag_organizations e on e.name = n.name and e.organization_id = o.id`

const holds = (t: Transaction) => t`
  coalesce(e.enabled, ('x' || left(md5(n.name || ':' || o.id), 8))::bit(32)::bigint % 100 < coalesce(f.percent, n.percent))`
