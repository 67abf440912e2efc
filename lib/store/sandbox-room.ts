import type { OrganizationId, ProjectId } from '../contract/ids.ts'
import type { Limits } from '../contract/limits.ts'
import type { Transaction } from './sql.ts'

/** What stands against waking a sandbox: what is used, and what may be. */
export interface NoRoom {
  why: 'sandboxes' | 'hours'
  used: number
  most: number
}

export interface Room {
  /** Whose sandbox makes room; whoever took it has it stopped. */
  retired: ProjectId | null
}

/** How many sandboxes are awake, and for how long. What is used is booked by the database when their state changes. */
export function sandboxRoomStore(transaction: Transaction) {
  return {
    /** Decided one after another for each organization, so that no two take the same place. `period` as `YYYY-MM-DD`. */
    async take(
      projectId: ProjectId,
      { sandboxesAtOnce, sandboxHoursPerMonth }: Pick<Limits, 'sandboxesAtOnce' | 'sandboxHoursPerMonth'>,
      period: string,
    ): Promise<Room | NoRoom> {
      const seconds = sandboxHoursPerMonth === null ? null : sandboxHoursPerMonth * hourSeconds
      const [row] = await transaction<{ why: NoRoom['why'] | 'room'; used: string; retired: ProjectId | null }[]>`
        select why, used, retired
        from everjust.take_sandbox_room(${projectId}, ${sandboxesAtOnce}::int, ${seconds}::bigint, ${period}::date)`
      if (!row || row.why === 'room') return { retired: row?.retired ?? null }
      const used = Number(row.used)
      return row.why === 'hours'
        ? { why: 'hours', used: used / hourSeconds, most: sandboxHoursPerMonth ?? 0 }
        : { why: 'sandboxes', used, most: sandboxesAtOnce ?? 0 }
    },

    /** Those that are awake now, and the seconds of the month, until this moment. */
    async used(organizationId: OrganizationId, period: string): Promise<{ awake: number; seconds: number }> {
      const [row] = await transaction<{ awake: number; seconds: string }[]>`
        select everjust.sandbox_seconds(${organizationId}, ${period}::date) as seconds,
          (select count(*)::int from everjust.projects p left join everjust.sandboxes b on b.project_id = p.id
            where p.organization_id = ${organizationId}
              and (b.state in ('starting', 'started') or p.active_generation_id is not null)) as awake`
      return { awake: row?.awake ?? 0, seconds: Number(row?.seconds ?? 0) }
    },
  }
}

const hourSeconds = 3_600
