import type { ScheduleContext } from '../context.ts'
import { storesOf, type Stores } from '../store/stores.ts'
import { wakesOf } from './wakes.ts'

/** The context of a job or schedule with transactions that see all rows; jobs enqueued in one are woken after its commit. */
export function deskOf<C extends ScheduleContext>(context: C) {
  return {
    ...context,
    async within<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
      const wakes = wakesOf(context)
      const result = await context.database.asWorker((transaction) => work(storesOf(transaction, wakes.add)))
      await wakes.send()
      return result
    },
  }
}
