import { addressEndingStore } from './address-endings.ts'
import { announcementDeskStore } from './announcements.ts'
import { auditStore } from './audit.ts'
import { figureStore } from './figures.ts'
import { flagDeskStore } from './flags.ts'
import { jobStore, type OnEnqueued } from './jobs.ts'
import { noticeStore } from './notices.ts'
import { rosterStore } from './roster.ts'
import { runningStore } from './running.ts'
import type { Transaction } from './sql.ts'
import { suspensionStore } from './suspensions.ts'

export type OperatorStores = ReturnType<typeof operatorStoresOf>

/** What those work with who run the installation. */
export function operatorStoresOf(transaction: Transaction, onEnqueued?: OnEnqueued) {
  return {
    addressEndings: addressEndingStore(transaction, onEnqueued),
    announcements: announcementDeskStore(transaction),
    audit: auditStore(transaction),
    figures: figureStore(transaction),
    flags: flagDeskStore(transaction),
    jobs: jobStore(transaction, onEnqueued),
    notices: noticeStore(transaction, onEnqueued),
    roster: rosterStore(transaction),
    running: runningStore(transaction),
    suspensions: suspensionStore(transaction),
  }
}
