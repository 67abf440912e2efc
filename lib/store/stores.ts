import { eventStore } from './events.ts'
import { idempotencyStore } from './idempotency.ts'
import { jobStore, type OnEnqueued } from './jobs.ts'
import { peopleStore } from './people.ts'
import type { Transaction } from './sql.ts'
import { standingStore } from './standings.ts'

export type Stores = ReturnType<typeof storesOf>

/** Every table as one transaction may see it. */
export function storesOf(transaction: Transaction, onEnqueued?: OnEnqueued) {
  return {
    events: eventStore(transaction),
    idempotency: idempotencyStore(transaction),
    jobs: jobStore(transaction, onEnqueued),
    people: peopleStore(transaction),
    standings: standingStore(transaction),
  }
}
