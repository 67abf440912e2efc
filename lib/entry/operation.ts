import type * as z from 'zod/mini'
import type { ProblemCode } from '../contract/problem.ts'
import type { Action, Principal, Standing } from '../domain/access.ts'
import type { Rate } from '../domain/rates.ts'
import type { Context, Desk, WaitingDesk } from '../context.ts'
import type { Stores } from '../store/stores.ts'

export type Schema = z.ZodMiniType
export type Parsed<S extends Schema | undefined> = S extends Schema ? z.output<S> : undefined

/** What `run` is given: each part parsed by the schema declared beside it. */
export interface Input<Path, Query, Body> {
  path: Path
  query: Query
  body: Body
  principal: Principal
  standing: Standing
  requestId: string
  /** Where the call came from: its address, shortened. */
  origin: string | null
}

/** Finds what the caller is to the thing the request is about; undefined is answered as not found. */
export type Locate<Given> = (given: Given & { principal: Principal }, stores: Stores) => Promise<Standing | undefined>

/** What an operation takes, answers and refuses, whoever may ask for it. */
export interface Shape<
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
  answers: readonly [status: 200 | 201 | 202 | 204 | 302, body: Answer]
  refuses?: readonly Refused[]
}

export interface Operation<
  Path extends Schema | undefined,
  Query extends Schema | undefined,
  Body extends Schema | undefined,
  Answer extends Schema,
  Refused extends ProblemCode,
  At,
> extends Shape<Path, Query, Body, Answer, Refused> {
  /** The action it is, and where the caller's role for it is found. */
  may: readonly [Action, Locate<{ path: Parsed<Path>; query: Parsed<Query>; body: Parsed<Body> }>]
  /** Which rate it counts against; by default `read` for GET and `write` otherwise. */
  rate?: 'spend' | 'search'
  run(
    input: Input<Parsed<Path>, Parsed<Query>, Parsed<Body>>,
    desk: At,
  ): Promise<z.input<Answer> | Refusal<NoInfer<Refused>>>
}

/** Identity at run time; at compile time it holds `run` to the shapes and refusals declared beside it. */
export function operation<
  Answer extends Schema,
  Path extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
  const Refused extends ProblemCode = never,
>(spec: Operation<Path, Query, Body, Answer, Refused, Desk>) {
  return { kind: 'bound', ...spec } as const
}

/**
 * An operation that only reads, and needs no standing for it: its query is sent along with the gate's, which saves a
 * round trip, and what it found is dropped unless the gate opens. Row-level security holds for both.
 */
export function readingOperation<
  Answer extends Schema,
  Path extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  const Refused extends ProblemCode = never,
>(spec: Reading<Path, Query, Answer, Refused>) {
  return { kind: 'reading', ...spec } as const
}

type Reading<
  Path extends Schema | undefined,
  Query extends Schema | undefined,
  Answer extends Schema,
  Refused extends ProblemCode,
  Body extends Schema | undefined = undefined,
> = Omit<Operation<Path, Query, Body, Answer, Refused, Desk>, 'run' | 'rate' | 'body'> & {
  rate?: undefined
  body?: undefined
  run(
    input: Omit<Input<Parsed<Path>, Parsed<Query>, Parsed<Body>>, 'standing'>,
    desk: Desk,
  ): Promise<z.input<Answer> | Refusal<NoInfer<Refused>>>
}

/**
 * An operation that waits for something else than the database: the gate has a transaction of its own, and `run` opens
 * short ones with `desk.within`. Idempotency keys do not reach it: what it does must be safe to repeat.
 */
export function waitingOperation<
  Answer extends Schema,
  Path extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
  const Refused extends ProblemCode = never,
>(spec: Operation<Path, Query, Body, Answer, Refused, WaitingDesk>) {
  return { kind: 'waiting', ...spec } as const
}

/** What anybody may ask without signing in. */
export function openOperation<Answer extends Schema>(spec: OpenOperation<Answer>) {
  return { kind: 'open', ...spec } as const
}

interface OpenOperation<Answer extends Schema> {
  summary: string
  answers: readonly [status: 200, body: Answer]
  run(context: Context): Promise<z.input<Answer>>
}

/** What strangers may read of the tables: as somebody who is nobody's member, so that they see what is public alone. */
export function publicOperation<
  Query extends Schema,
  Answer extends Schema,
  Path extends Schema | undefined = undefined,
  const Refused extends ProblemCode = never,
>(spec: PublicReading<Path, Query, Answer, Refused>) {
  return { kind: 'public', ...spec } as const
}

interface PublicReading<
  Path extends Schema | undefined,
  Query extends Schema,
  Answer extends Schema,
  Refused extends ProblemCode,
> {
  summary: string
  path?: Path
  query: Query
  answers: readonly [status: 200, body: Answer]
  refuses?: readonly Refused[]
  /** What else it counts against, beside the caller's address as every request does. */
  rates?(path: Parsed<Path>, address: string): readonly (readonly [Rate, subject: string])[]
  /** How long an answer may be kept by whoever carries it; 0 is not at all. */
  freshSeconds: number
  run(
    input: { path: Parsed<Path>; query: z.output<Query> },
    desk: Desk,
  ): Promise<z.input<Answer> | Refusal<NoInfer<Refused>>>
}

// A table holds operations of all shapes; what each one takes was checked where it was declared.
/* eslint-disable @typescript-eslint/no-explicit-any */
export type ReadingOperation = { kind: 'reading' } & Reading<any, any, any, any, any>
export type BoundOperation = { kind: 'bound' } & Operation<any, any, any, any, any, Desk>
export type WaitingOperation = { kind: 'waiting' } & Operation<any, any, any, any, any, WaitingDesk>
export type PublicOperation = { kind: 'public' } & PublicReading<any, any, any, any>
export type UngatedOperation = ({ kind: 'open' } & OpenOperation<any>) | PublicOperation
/** What only those do who run the installation; it brings its own way to be carried out (`operator-operation.ts`). */
export type OperatorOperation = Omit<BoundOperation, 'kind' | 'may' | 'run' | 'rate'> & {
  kind: 'operator'
  rate?: undefined
  carryOut(
    given: Omit<Input<any, any, any>, 'standing'>,
    context: Context,
  ): Promise<{ status: number; body: unknown } | Refusal>
}
export type AnyOperation = AskedOperation | UngatedOperation
/* eslint-enable @typescript-eslint/no-explicit-any */

/** What a role in an organization or a project opens. */
export type GatedOperation = BoundOperation | ReadingOperation | WaitingOperation
/** What somebody must sign in for. */
export type AskedOperation = GatedOperation | OperatorOperation

/** An ending the operation promised it might have; returned, never thrown. What it wrote is rolled back. */
export class Refusal<Code extends ProblemCode = ProblemCode> {
  readonly code: Code
  readonly detail: string | undefined
  readonly headers: Record<string, string>

  constructor(code: Code, detail?: string, headers: Record<string, string> = {}) {
    this.code = code
    this.detail = detail
    this.headers = headers
  }
}

export function refuse<const Code extends ProblemCode>(
  code: Code,
  detail?: string,
  headers?: Record<string, string>,
): Refusal<Code> {
  return new Refusal(code, detail, headers)
}
