import type { Transaction } from './sql.ts'

interface Claim {
  userId: string
  key: string
  requestSha256: string
}

/** Answers of unsafe requests by the caller's key. */
export function idempotencyStore(transaction: Transaction) {
  return {
    /** `new` when this transaction now holds the key. A concurrent holder is waited for: its row is locked until it ends. */
    async claim({
      userId,
      key,
      requestSha256,
    }: Claim): Promise<'new' | { requestSha256: string; status: number; body: unknown }> {
      const inserted = await transaction`
        insert into everjust.idempotency_keys (user_id, key, request_sha256)
        values (${userId}, ${key}, ${requestSha256})
        on conflict (user_id, key) do nothing
        returning key`
      if (inserted.length > 0) return 'new'
      const [row] = await transaction<{ requestSha256: string; status: number; body: unknown }[]>`
        select request_sha256 as "requestSha256", status, body
        from everjust.idempotency_keys where user_id = ${userId} and key = ${key}`
      if (!row) throw new Error('an idempotency key vanished')
      return row
    },

    async settle({ userId, key }: Claim, { status, body }: { status: number; body: unknown }): Promise<void> {
      await transaction`
        update everjust.idempotency_keys set status = ${status}, body = ${transaction.json(body as never)}
        where user_id = ${userId} and key = ${key}`
    },
  }
}
