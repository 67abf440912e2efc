import type { Transaction } from './sql.ts'

/**
 * Until the end of the transaction, whoever takes a turn at the same thing waits: who counts, or looks for a name that is
 * taken, must see what the one before added. Sent along with the statement that counts, which comes after it.
 */
export async function takeTurn(
  transaction: Transaction,
  at: 'locks' | 'shares' | 'folders' | 'secrets' | 'images' | 'keys' | 'invitations',
  of: string,
) {
  await transaction`select pg_advisory_xact_lock(hashtext(${`${at}:${of}`}))`
}
