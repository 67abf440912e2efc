import { team } from '../cast.ts'
import { receiptOf } from '../place.ts'
import type { Rows } from '../row.ts'

export const audit: Rows = {
  'GET audit /receipts/:receiptId': {
    least: 'nobody',
    path: ({ generation }) => `/audit/receipts/${receiptOf(generation)}`,
  },
  'GET audit /:organizationId': { least: 'admin', path: () => `/audit/${team}` },
  'GET audit /:organizationId/receipts': { least: 'admin', path: () => `/audit/${team}/receipts` },
  'GET audit /:organizationId/export': { least: 'owner', path: () => `/audit/${team}/export` },
}
