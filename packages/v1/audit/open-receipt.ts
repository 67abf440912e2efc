import { OpenedReceipt, ReceiptPath, ReceiptQuery } from '../../../lib/contract/deletion.ts'
import { publicOperation, refuse } from '../../../lib/entry/operation.ts'

export const openReceipt = publicOperation({
  summary:
    'Read the receipt of a deleted account or organization; its id alone opens it, for whoever is gone signs in no more',
  path: ReceiptPath,
  query: ReceiptQuery,
  answers: [200, OpenedReceipt],
  refuses: ['not_found'],
  freshSeconds: 0,
  rates: (_, address) => [['link-address', address]],
  async run({ path: { receiptId } }, { closures, liveTickets }) {
    const [receipt, key] = await Promise.all([closures.receipt(receiptId), liveTickets.publicKey()])
    return receipt ? { ...receipt, key } : refuse('not_found')
  },
})
