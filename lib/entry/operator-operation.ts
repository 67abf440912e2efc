import type * as z from 'zod/mini'
import type { Context, OperatorDesk } from '../context.ts'
import type { ProblemCode } from '../contract/problem.ts'
import type { RecordedAction } from '../contract/recorded-actions.ts'
import { hasJustProved, isOperator, personOf, type Principal } from '../domain/access.ts'
import { operatorStoresOf, type OperatorStores } from '../store/operator-stores.ts'
import type { Transaction } from '../store/sql.ts'
import { answered, inOne, type Ending } from './carry-out.ts'
import { Denied } from './denial.ts'
import { Refusal, type Input, type Parsed, type Schema, type Shape } from './operation.ts'
import { Problem } from './problem.ts'

type Given<Path, Query, Body> = Omit<Input<Path, Query, Body>, 'standing'>

/** What operators do, as the log names it behind `operator.` */
export type OperatorDeed = RecordedAction extends infer A ? (A extends `operator.${infer Deed}` ? Deed : never) : never

interface Operating<
  Path extends Schema | undefined,
  Query extends Schema | undefined,
  Body extends Schema | undefined,
  Answer extends Schema,
  Refused extends ProblemCode,
  Deed extends OperatorDeed | undefined,
> extends Shape<Path, Query, Body, Answer, Refused> {
  rate?: undefined
  /** What it changes; that needs somebody who has just proved who they are, and who has not is written down. */
  deed?: Deed
  run(
    input: Given<Parsed<Path>, Parsed<Query>, Parsed<Body>> & { deed: Deed },
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
  const Deed extends OperatorDeed | undefined = undefined,
>(spec: Operating<Path, Query, Body, Answer, Refused, Deed>) {
  return {
    kind: 'operator',
    ...spec,
    async carryOut(given: Given<Parsed<Path>, Parsed<Query>, Parsed<Body>>, context: Context): Promise<Ending> {
      if (!isOperator(given.principal)) throw new Problem('not_found')
      const opening = { begin: beginFor(context, given.origin), storesOf: operatorStoresOf }
      return inOne(context, opening, async (stores) => {
        const lack = await lackOf(given.principal, stores, { now: context.now(), changes: spec.deed !== undefined })
        if (lack) throw await refusalOf(lack, { given, deed: spec.deed, stores })
        const outcome: unknown = await spec.run({ ...given, deed: spec.deed as Deed }, { ...context, ...stores })
        return outcome instanceof Refusal ? outcome : answered(spec, outcome)
      })
    },
  } as const
}

type Lack = 'suspended' | 'fresh_sign_in_required'

async function lackOf(
  principal: Principal,
  { suspensions }: OperatorStores,
  { now, changes }: { now: Date; changes: boolean },
): Promise<Lack | undefined> {
  if (await suspensions.holds(personOf(principal))) return 'suspended'
  return changes && !hasJustProved(principal, now) ? 'fresh_sign_in_required' : undefined
}

interface Refused {
  given: Given<unknown, unknown, unknown>
  deed: OperatorDeed | undefined
  stores: OperatorStores
}

/** What was to be changed stands in the log of the operator's own organization, as all does that nobody else is concerned by. */
async function refusalOf(lack: Lack, { given, deed, stores }: Refused): Promise<Problem> {
  const organizationId = deed && (await stores.roster.ownOf(personOf(given.principal)))
  if (!organizationId) return new Problem(lack)
  return new Denied(lack, { ...given, action: `operator.${deed}`, standing: { organizationId } })
}

const beginFor =
  ({ database }: Context, origin: string | null) =>
  <T>(run: (transaction: Transaction) => Promise<T>): Promise<T> =>
    database.asOperator(run, origin)
