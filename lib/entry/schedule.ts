import type { ScheduleContext, ScheduleDesk } from '../context.ts'
import { deskOf } from './desk.ts'

/** One small thing that a schedule does; bounded, safe to repeat and to overlap. Returns how many it acted on. */
export type Duty = (desk: ScheduleDesk) => Promise<number>

/** The entrance of a scheduled function: every duty in turn, none kept from its work by another that failed. */
export function schedule(duties: Readonly<Record<string, Duty>>, context: () => ScheduleContext) {
  return async function main(): Promise<{ body: Record<string, number> }> {
    const world = context()
    const acted: Record<string, number> = {}
    for (const [name, duty] of Object.entries(duties)) {
      acted[name] = await duty(deskOf(world)).catch((error: unknown) => {
        world.log('error', 'a duty failed', { duty: name, error })
        return 0
      })
    }
    if (Object.values(acted).some((count) => count > 0)) world.log('notice', 'schedule', acted)
    return { body: acted }
  }
}
