import { addressStore } from './addresses.ts'
import { allowanceStore } from './allowances.ts'
import { auditUpkeepStore } from './audit-upkeep.ts'
import { billingRoundStore } from './billing-rounds.ts'
import { callSettlementStore } from './call-settlements.ts'
import type { OnEnqueued } from './jobs.ts'
import { erasureStore } from './erasures.ts'
import { exportProjectStore } from './export-projects.ts'
import { exportWorkStore } from './export-work.ts'
import { meterReportStore } from './meter-reports.ts'
import { noticeRoundStore } from './notices.ts'
import { ownModelStore } from './own-models.ts'
import { receiptWorkStore } from './receipt-work.ts'
import { runStartStore } from './run-starts.ts'
import { sandboxWorkStore } from './sandbox-work.ts'
import { setAsideStore } from './set-aside.ts'
import type { Transaction } from './sql.ts'
import { storesOf } from './stores.ts'
import { topUpStore } from './top-ups.ts'
import { upkeepStore } from './upkeep.ts'

export type WorkerStores = ReturnType<typeof workerStoresOf>

/** What jobs and schedules work with: the same as requests, and what only they look after. */
export function workerStoresOf(transaction: Transaction, onEnqueued?: OnEnqueued) {
  const stores = storesOf(transaction, onEnqueued)
  return {
    ...stores,
    addresses: addressStore(transaction),
    auditLog: { ...stores.auditLog, ...auditUpkeepStore(transaction) },
    billing: { ...stores.billing, ...billingRoundStore(transaction) },
    runs: { ...stores.runs, ...runStartStore(transaction) },
    modelCalls: { ...stores.modelCalls, ...callSettlementStore(transaction) },
    exports: { ...stores.exports, ...exportWorkStore(transaction), ...exportProjectStore(transaction) },
    receipts: { ...stores.receipts, ...receiptWorkStore(transaction) },
    notices: { ...stores.notices, ...noticeRoundStore(transaction) },
    sandboxes: { ...stores.sandboxes, ...sandboxWorkStore(transaction) },
    erasures: erasureStore(transaction),
    meterReports: meterReportStore(transaction),
    allowances: allowanceStore(transaction),
    ownModels: ownModelStore(transaction),
    setAside: setAsideStore(transaction),
    topUps: topUpStore(transaction),
    upkeep: upkeepStore(transaction),
  }
}
