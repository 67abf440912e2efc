import type * as z from 'zod/mini'
import type { Context, OperatorDesk } from '../context.ts'
import type { ProblemCode } from '../contract/problem.ts'
import { hasJustProved, isOperator, personOf } from '../domain/access.ts'
import { operatorStoresOf } from '../store/operator-stores.ts'
import type { Transaction } from '../store/sql.ts'
import { answered, inOne, type Ending } from './carry-out.ts'
import { Refusal, type Input } from './operation.ts'
import { Problem } from './problem.ts'

type Schema = z.ZodMiniType
type Parsed<S extends Schema | undefined> = S extends Schema ? z.output<S> : undefined
type Given<Path, Query, Body> = Omit<Input<Path, Query, Body>, 'standing'>

interface Operating<
  Path extends Schema | undefined,
  Query extends Schema | undefined,
  Body extends Schema | undefined,
  Answer extends Schema,
  Refused extends ProblemCode,
> {
  summary: string
  path?: Path
  query?: Query
  body?: Body
  rate?: undefined
  /** What it changes needs somebody who has just proved who they are. */
  proof?: 'fresh'
  answers: readonly [status: 200 | 201 | 202 | 204, body: Answer]
  refuses?: readonly Refused[]
  run(
    input: Given<Parsed<Path>, Parsed<Query>, Parsed<Body>>,
    desk: OperatorDesk,
  ): Promise<z.input<Answer> | Refusal<NoInfer<Refused>>>
}

/**
 * What only those do who run the installation, by a permission of the issuer and in a role of the database of its own;
 * for everybody else nothing is here. Carried by the operation itself, so that no other function loads what it needs.
 */
export function operatorOperation<
  Answer extends Schema,
  Path extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
  const Refused extends ProblemCode = never,
>(spec: Operating<Path, Query, Body, Answer, Refused>) {
  return {
    kind: 'operator',
    ...spec,
    async carryOut(given: Given<Parsed<Path>, Parsed<Query>, Parsed<Body>>, context: Context): Promise<Ending> {
      if (!isOperator(given.principal)) throw new Problem('not_found')
      const opening = { begin: beginFor(context, given.origin), storesOf: operatorStoresOf }
      return inOne(context, opening, async (stores) => {
        if (await stores.suspensions.holds(personOf(given.principal))) throw new Problem('suspended')
        if (spec.proof && !hasJustProved(given.principal, context.now())) throw new Problem('fresh_sign_in_required')
        const outcome: unknown = await spec.run(given, { ...context, ...stores })
        return outcome instanceof Refusal ? outcome : answered(spec, outcome)
      })
    },
  } as const
}

const beginFor =
  ({ database }: Context, origin: string | null) =>
  <T>(run: (transaction: Transaction) => Promise<T>): Promise<T> =>
    database.asOperator(run, origin)
