import type { Context } from '../context.ts'
import type { JobId } from '../contract/ids.ts'
import type { JobKind } from '../ports/dispatcher.ts'

/** Collects the jobs a transaction enqueued and wakes them once it has committed; a lost wake-up is only late. */
export function wakesOf({ dispatcher, log }: Pick<Context, 'dispatcher' | 'log'>) {
  const waiting: { kind: JobKind; id: JobId }[] = []
  return {
    add: (kind: JobKind, id: JobId): void => void waiting.push({ kind, id }),
    send: async (): Promise<void> => {
      const sent = await Promise.allSettled(waiting.map(({ kind, id }) => dispatcher.wake(kind, id)))
      for (const each of sent) {
        if (each.status === 'rejected') log('warning', 'a wake-up was lost', { error: each.reason as unknown })
      }
    },
  }
}
