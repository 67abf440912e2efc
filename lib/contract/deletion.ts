import * as z from 'zod/mini'
import { DeletionReceipt } from './audit.ts'
import { ReceiptId } from './ids.ts'

/** A deletion that was asked for; the id is kept by whoever asked, and opens the receipt. */
export const Deletion = z.object({ receiptId: ReceiptId })
export type Deletion = z.infer<typeof Deletion>

export const ReceiptPath = z.object({ receiptId: ReceiptId })
export const ReceiptQuery = z.object({})

/** `key` is the public one that the signed token is verified with, as a JWK. */
export const OpenedReceipt = z.extend(DeletionReceipt, { key: z.record(z.string(), z.unknown()) })
export type OpenedReceipt = z.infer<typeof OpenedReceipt>
