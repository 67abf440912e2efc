import { batchLimit } from '../../../lib/contract/version.ts'

/** As many as one request may name. */
export const inBatches = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / batchLimit) }, (_, at) =>
    items.slice(at * batchLimit, (at + 1) * batchLimit),
  )
