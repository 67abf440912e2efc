import type { DeskOf, ScheduleContext } from '../context.ts'
import { workerStoresOf, type WorkerStores } from '../store/worker-stores.ts'
import { wakesOf } from './wakes.ts'

/** The context of a job or schedule with transactions that see all rows; jobs enqueued in one are woken after its commit. */
export function deskOf<C extends ScheduleContext>(context: C): DeskOf<C> {
  return {
    ...context,
    async within<T>(work: (stores: WorkerStores) => Promise<T>): Promise<T> {
      const wakes = wakesOf(context)
      const result = await context.database.asWorker((transaction) => work(workerStoresOf(transaction, wakes.add)))
      await wakes.send()
      return result
    },
  }
}
