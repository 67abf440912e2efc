import { auditStore } from './audit.ts'
import { eventStore } from './events.ts'
import { idempotencyStore } from './idempotency.ts'
import { jobStore, type OnEnqueued } from './jobs.ts'
import { peopleStore } from './people.ts'
import { projectStore } from './projects.ts'
import type { Transaction } from './sql.ts'
import { standingStore } from './standings.ts'

export type Stores = ReturnType<typeof storesOf>

/** Every table as one transaction may see it. */
export function storesOf(transaction: Transaction, onEnqueued?: OnEnqueued) {
  return {
    audit: auditStore(transaction),
    events: eventStore(transaction),
    idempotency: idempotencyStore(transaction),
    jobs: jobStore(transaction, onEnqueued),
    people: peopleStore(transaction),
    projects: projectStore(transaction),
    standings: standingStore(transaction),
  }
}
