import type postgres from 'postgres'
import { Fault } from '../ports/fault.ts'
import type { Principal } from '../domain/access.ts'
import { isBroken, withDeadline } from './deadline.ts'
import { openLine, type Line, type Patience } from './line.ts'

export type Transaction = postgres.TransactionSql

/** Postgres, by one connection where nothing is done at once; whoever is known acts in a transaction that states for whom. */
export interface Database {
  /** Connects ahead of the first transaction; at later times, and when it fails, nothing happens. */
  open(): void
  /**
   * Commits when `work` returns, rolls back when it throws; `work` sees only what the principal may see. `origin` is where
   * the call came from, as the audit log keeps it.
   */
  as<T>(principal: Principal, work: (transaction: Transaction) => Promise<T>, origin?: string | null): Promise<T>
  /** The same for who is not signed in: what is public. */
  asStranger<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  /** The same with the sight of whoever operates the installation: who is there and what is used, not what they wrote. */
  asOperator<T>(work: (transaction: Transaction) => Promise<T>, origin?: string | null): Promise<T>
  /** The same with the sight of jobs and schedules: all rows. */
  asWorker<T>(work: (transaction: Transaction) => Promise<T>, origin?: string | null): Promise<T>
  /**
   * Before there is a principal: sign-in and key look-up, functions of the database that run with its owner's rights. One
   * statement that may be repeated, without a transaction around it.
   */
  asNobody<T>(statement: (sql: postgres.Sql) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const usual: Patience = { beginMs: 3_000, workMs: 20_000 }

/**
 * Connects when first used. A container that was paused wakes with a dead socket, which postgres.js waits on for ever
 * (facts measured behind a half-open proxy): so BEGIN has a deadline of its own and is tried once more on a new connection.
 */
export function openDatabase(url: string, connections = 1, patience: Patience = usual): Database {
  let line = openLine(url, connections, patience)
  let opened = false

  /** Many may find the same line broken: the first of them makes another, which the rest must not break again. */
  async function replace(broken: Line): Promise<void> {
    if (line !== broken) return
    line = openLine(url, connections, patience)
    await broken.sql.end({ timeout: 0 }).catch(() => {})
  }

  /** Asks once more on a new connection when the first was found broken, unless `work` has said that it began. */
  async function run<T>(work: (sql: postgres.Sql, begin: () => void) => Promise<T>): Promise<T> {
    for (const last of [false, true]) {
      const on = line
      const turn = on.turn()
      try {
        return await withDeadline(work(on.sql, turn.begin), turn.lateAt)
      } catch (error) {
        if (!isBroken(error)) throw error
        await replace(on)
        if (turn.begun() || last)
          throw new Fault('postgres', turn.begun() ? 'in a transaction' : 'connecting', {
            retryable: true,
            cause: error,
          })
      } finally {
        turn.end()
      }
    }
    throw new Fault('postgres', 'connecting', { retryable: true })
  }

  const inTransaction = <T>(claims: Claims, work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    run((sql, begin) =>
      attempt(sql, claims, (transaction) => {
        begin()
        return work(transaction)
      }),
    )

  return {
    open: () => {
      if (opened) return
      opened = true
      // Not by `reserve`: postgres.js never gives the connection back when that is the first it is asked for.
      line.sql`select 1`.catch(() => {})
    },
    as: (principal, work, origin) => inTransaction({ ...claimsOf(principal), origin: origin ?? '' }, work),
    asStranger: (work) => inTransaction({ role: 'everjust_app', user: '', project: '' }, work),
    asOperator: (work, origin) =>
      inTransaction({ role: 'everjust_operator', user: '', project: '', origin: origin ?? '' }, work),
    asWorker: (work, origin) =>
      inTransaction({ role: 'everjust_worker', user: '', project: '', origin: origin ?? '' }, work),
    asNobody: (statement) => run((sql) => statement(sql)),
    close: () => line.sql.end({ timeout: 1 }),
  }
}

async function attempt<T>(
  sql: postgres.Sql,
  claims: Claims,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return sql.begin(async (transaction) => {
    // Sent together with the first statement of `work`: postgres.js pipelines what is not awaited between. Where the claim
    // was refused, whatever `work` asked was refused with it.
    const [claimed, worked] = await Promise.allSettled([claim(transaction, claims), work(transaction)])
    if (claimed.status === 'rejected') throw isNotAdmitted(claimed.reason) ? new NotAdmitted() : claimed.reason
    if (worked.status === 'rejected') throw worked.reason
    return worked.value
  }) as Promise<T>
}

interface Claims {
  role: 'everjust_app' | 'everjust_worker' | 'everjust_operator'
  user: string
  /** By which they came; empty is none that is known. */
  session?: string
  project: string
  /** Where the call came from, as the audit log keeps it. */
  origin?: string
}

function claimsOf(principal: Principal): Claims {
  return principal.kind === 'user'
    ? { role: 'everjust_app', user: principal.userId, session: principal.signIn?.sessionId ?? '', project: '' }
    : { role: 'everjust_app', user: '', project: principal.projectId }
}

/** The person of the transaction was blocked, or is gone, or has ended the session. */
export class NotAdmitted extends Error {
  override name = 'NotAdmitted'
}

const isNotAdmitted = (reason: unknown) => reason instanceof Error && 'code' in reason && reason.code === 'EJ401'

async function claim(
  transaction: Transaction,
  { role, user, project, session = '', origin = '' }: Claims,
): Promise<void> {
  await transaction`
    select set_config('role', ${role}, true),
      set_config('everjust.user', ${user ? transaction`everjust.admit_by(${user}, ${session})` : ''}, true),
      set_config('everjust.project', ${project}, true),
      set_config('everjust.origin', ${origin}, true)`
}
