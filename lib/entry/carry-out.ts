import type * as z from 'zod/mini'
import type { Context } from '../context.ts'
import { decide, isStale, type Standing } from '../domain/access.ts'
import type { OnEnqueued } from '../store/jobs.ts'
import type { Transaction } from '../store/sql.ts'
import { NotAdmitted } from '../store/sql.ts'
import { storesOf, type Stores } from '../store/stores.ts'
import { Denied, recordDenial } from './denial.ts'
import { earlierAnswer, type Attempted } from './idempotency.ts'
import {
  Refusal,
  type AskedOperation,
  type BoundOperation,
  type GatedOperation,
  type Input,
  type PublicOperation,
  type ReadingOperation,
  type WaitingOperation,
} from './operation.ts'
import { Problem, signedOut } from './problem.ts'
import { wakesOf } from './wakes.ts'

export type Ending = { status: number; body: unknown } | Refusal

type Caller = Pick<Input<unknown, unknown, unknown>, 'principal' | 'origin'>

interface Undertaking<O> {
  operation: O
  given: Omit<Input<unknown, unknown, unknown>, 'standing'>
  attempt: Attempted | undefined
  context: Context
}

/** Gate and run; who is shown the door stands in the audit log, though nothing else of the request does. */
export async function carryOut(undertaking: Undertaking<AskedOperation>): Promise<Ending> {
  try {
    return await passGate(undertaking)
  } catch (error) {
    if (error instanceof Denied) await recordDenial(undertaking.context, error.deed)
    throw error
  }
}

/** A bound operation has one transaction for both, so what was allowed is what is done. */
function passGate({ operation, ...rest }: Undertaking<AskedOperation>): Promise<Ending> {
  switch (operation.kind) {
    case 'bound':
      return carryOutBound({ operation, ...rest })
    case 'reading':
      return carryOutReading({ operation, ...rest })
    case 'waiting':
      return carryOutWaiting({ operation, ...rest })
    case 'operator':
      return operation.carryOut(rest.given, rest.context)
  }
}

async function carryOutBound({ operation, given, attempt, context }: Undertaking<BoundOperation>): Promise<Ending> {
  const work = async (stores: Stores): Promise<Ending> => {
    const [standing, earlier] = await Promise.all([
      admit(operation, given, { stores, now: context.now }),
      attempt ? earlierAnswer(attempt, stores) : undefined,
    ])
    if (earlier) return earlier
    const outcome: unknown = await operation.run({ ...given, standing }, { ...context, ...stores })
    if (outcome instanceof Refusal) return outcome
    const ending = answered(operation, outcome)
    if (attempt) await stores.idempotency.settle(attempt, ending)
    return ending
  }
  return transact(context, given, work)
}

/** Both queries are under way before either is awaited; the gate has the first word on how it ends. */
function carryOutReading({ operation, given, context }: Undertaking<ReadingOperation>): Promise<Ending> {
  return transact(context, given, async (stores) => {
    const [gate, reading] = await Promise.allSettled([
      admit(operation, given, { stores, now: context.now }),
      operation.run(given, { ...context, ...stores }) as Promise<unknown>,
    ])
    if (gate.status === 'rejected') throw gate.reason
    if (reading.status === 'rejected') throw reading.reason
    return reading.value instanceof Refusal ? reading.value : answered(operation, reading.value)
  })
}

async function carryOutWaiting({ operation, given, context }: Undertaking<WaitingOperation>): Promise<Ending> {
  const within = <T>(work: (stores: Stores) => Promise<T>) => transact(context, given, work)
  const standing = await within((stores) => admit(operation, given, { stores, now: context.now }))
  const outcome: unknown = await operation.run({ ...given, standing }, { ...context, within })
  return outcome instanceof Refusal ? outcome : answered(operation, outcome)
}

/** As somebody who is nobody's member. */
export async function readInPublic(
  operation: PublicOperation,
  input: { path: unknown; query: unknown },
  context: Context,
): Promise<Ending> {
  const wakes = wakesOf(context)
  const ending = await context.database.asStranger(async (transaction) => {
    const outcome: unknown = await operation.run(input, { ...context, ...storesOf(transaction, wakes.add) })
    return outcome instanceof Refusal ? outcome : answered(operation, outcome)
  })
  await wakes.send()
  return ending
}

/** One transaction; jobs that it enqueued are woken once it has committed, and a refusal undoes all that it wrote. */
function transact<T>(
  context: Context,
  { principal, origin }: Caller,
  work: (stores: Stores) => Promise<T>,
): Promise<T> {
  return inOne(context, { begin: (run) => context.database.as(principal, run, origin), storesOf }, work)
}

interface Opening<S> {
  begin<T>(run: (transaction: Transaction) => Promise<T>): Promise<T>
  storesOf(transaction: Transaction, onEnqueued: OnEnqueued): S
}

export async function inOne<S, T>(context: Context, opening: Opening<S>, work: (stores: S) => Promise<T>): Promise<T> {
  const wakes = wakesOf(context)
  const whole = async (transaction: Transaction) => {
    const result = await work(opening.storesOf(transaction, wakes.add))
    if (result instanceof Refusal) throw new RolledBack(result)
    return result
  }
  try {
    const outcome = await opening.begin(whole)
    await wakes.send()
    return outcome
  } catch (error) {
    if (error instanceof RolledBack) return error.refusal as T
    if (error instanceof NotAdmitted) throw signedOut()
    throw error
  }
}

/** What may not be read is answered exactly like what does not exist. */
async function admit(
  { may: [action, locate] }: GatedOperation,
  given: Omit<Input<unknown, unknown, unknown>, 'standing'>,
  { stores, now }: { stores: Stores; now: () => Date },
): Promise<Standing> {
  const standing = await locate(given, stores)
  const verdict = decide(given.principal, action, standing)
  if (!standing || verdict === 'hidden') throw new Problem('not_found')
  if (verdict === 'suspended') throw new Problem('suspended', standing.suspended ? { detail: standing.suspended } : {})
  if (verdict === 'refused') throw new Denied('forbidden', { ...given, action, standing })
  if (verdict === 'second_factor' || verdict === 'company')
    throw new Denied(lacking[verdict], { ...given, action, standing })
  if (verdict === 'archived') throw new Problem('project_archived')
  if (isStale(given.principal, action, now()))
    throw new Denied('fresh_sign_in_required', { ...given, action, standing })
  return standing
}

const lacking = { second_factor: 'second_factor_required', company: 'company_sign_in_required' } as const

/** The outcome in its declared shape: what the shape does not name does not leave. */
export function answered(
  { answers: [status, shape] }: { answers: readonly [number, z.ZodMiniType] },
  outcome: unknown,
) {
  return { status, body: status === 204 ? null : (shape.parse(outcome) as unknown) }
}

/** Carries a refusal out of the transaction, so that nothing the operation wrote before it stays. */
class RolledBack extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super('refused')
    this.refusal = refusal
  }
}
