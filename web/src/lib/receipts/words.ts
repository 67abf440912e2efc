import type { OpenedReceipt } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'

/** What the receipt is about. */
export const kinds: Record<OpenedReceipt['kind'], () => string> = {
  project: m.receipts_project,
  organization: m.receipts_organization,
  person: m.receipts_person,
}
