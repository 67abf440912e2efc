import type { Caps } from '../contract/engine.ts'
import type { OrganizationId, UserId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

export type CapOwner = { kind: 'person'; id: UserId } | { kind: 'organization'; id: OrganizationId }

/** A cap of a month, null where there is none, and what is used or set aside. */
export interface Left {
  most: number | null
  taken: number
}

export interface Limits {
  runMicros: number | null
  organization: Left
  person: Left
}

/** What people and organizations allow themselves. Whether a run fits is decided where it is begun. */
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

    /** The caps that hold for a person in an organization, and what of this month's is used or set aside. */
    async limits(organizationId: OrganizationId, userId: UserId, period: string): Promise<Limits> {
      const [row] = await transaction<
        Record<'run' | 'organization' | 'person' | 'ofAll' | 'ofPerson', string | null>[]
      >`
        select min(c.run_micros) as run, min(c.month_micros) filter (where owner_kind = 'organization') as organization,
          min(c.month_micros) filter (where owner_kind = 'person') as person,
          (select used + reserved from everjust.quotas where organization_id = ${organizationId}
            and metric = 'micros' and period = ${period}::date) as "ofAll",
          (select used + reserved from everjust.person_spending where user_id = ${userId}
            and period = ${period}::date) as "ofPerson"
        from everjust.caps c
        where owner_kind = 'organization' and owner_id = ${organizationId}
          or owner_kind = 'person' and owner_id = ${userId}`
      return {
        runMicros: amount(row?.run),
        organization: { most: amount(row?.organization), taken: Number(row?.ofAll ?? 0) },
        person: { most: amount(row?.person), taken: Number(row?.ofPerson ?? 0) },
      }
    },
  }
}

const amount = (text: string | null | undefined) => (text === null || text === undefined ? null : Number(text))
