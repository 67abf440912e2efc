import { keptHours } from '../contract/library-limits.ts'
import type { Transaction } from './sql.ts'

/** Whether a deleted project `p` can be brought back: as long as nothing of it has been cleared away. */
export const stillKept = (transaction: Transaction) =>
  transaction`p.deleted_at > now() - make_interval(hours => ${keptHours})`
