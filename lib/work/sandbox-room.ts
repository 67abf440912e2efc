import type { ProjectId } from '../contract/ids.ts'
import type { Limits } from '../contract/limits.ts'
import { periodOf } from '../domain/quota.ts'
import { quotaPeriod } from '../domain/tiers.ts'
import type { NoRoom } from '../store/sandbox-room.ts'
import type { Stores } from '../store/stores.ts'

export type RoomDesk = Pick<Stores, 'sandboxRoom' | 'events' | 'jobs'> & { now(): Date }

/** Why a sandbox may not wake now. */
export interface RoomObjection {
  objection: 'payment_required' | 'too_many_sandboxes'
  detail: string
  headers: Record<string, string>
}

/** Takes a place among the sandboxes that may be awake at once; the one unused for longest may have to sleep for it. */
export async function takeRoom(
  { sandboxRoom, events, jobs, now }: RoomDesk,
  projectId: ProjectId,
  limits: Limits,
): Promise<RoomObjection | undefined> {
  const room = await sandboxRoom.take(projectId, limits, periodOf(now()))
  if ('why' in room) return objectionOf(room, now())
  const { retired } = room
  if (retired) {
    await events.append(retired, { type: 'sandbox:status', data: { state: 'stopping', problem: null } })
    await jobs.enqueue({
      kind: 'stop-sandbox',
      projectId: retired,
      payload: { projectId: retired },
      key: `stop-sandbox:${retired}`,
    })
  }
  return undefined
}

/** Asked again after this many seconds, a place may be free. */
const placeSeconds = 60

function objectionOf({ why, used, most }: NoRoom, now: Date): RoomObjection {
  const { to } = quotaPeriod(now)
  if (why === 'sandboxes') {
    return {
      objection: 'too_many_sandboxes',
      detail: `${used} of ${most} sandboxes are at work. Wait for a run to end, stop one, or choose a larger tier under /pricing.`,
      headers: { 'retry-after': String(placeSeconds) },
    }
  }
  return {
    objection: 'payment_required',
    detail: `${used.toFixed(1)} of the ${most} sandbox hours of this month are used up. They start anew on ${to.toISOString().slice(0, 10)}; a larger tier has more: /pricing. What is stored can be read and changed meanwhile.`,
    headers: { 'retry-after': String(Math.ceil((to.getTime() - now.getTime()) / 1_000)) },
  }
}
