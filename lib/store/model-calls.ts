import type { FailureCode, Generation } from '../contract/generation.ts'
import type { CallId, GenerationId, ProjectId, UserId } from '../contract/ids.ts'
import { isScripted, type TokenUsage } from '../domain/prices.ts'
import { isFree } from '../domain/quota.ts'
import type { Job } from './jobs.ts'
import type { Transaction } from './sql.ts'

export interface NewCall {
  id: CallId
  projectId: ProjectId
  generationId: GenerationId
  attempt: number
  model: string
  mostMicros: number
}

export interface OpenCall {
  id: CallId
  projectId: ProjectId
  generationId: GenerationId
  model: string
  requestedBy: UserId
  /** What an earlier worker saw of it. */
  usage: TokenUsage | null
  /** Whether its run goes on. */
  current: boolean
}

export interface Spent {
  generationId: GenerationId
  projectId: ProjectId
  spentMicros: number
  capMicros: number
  simulated: boolean
  /** False once the run has ended: what a late call used is then added to the settled account. */
  running: boolean
}

/** Requests to the model: each holds the most it can cost before it is sent, and gives back what it did not use, once. */
export function modelCallStore(transaction: Transaction) {
  return {
    /** Holds money for one call in one step with the check that it fits the run's cap. */
    async hold(call: NewCall): Promise<'held' | 'run_over' | 'used_up'> {
      const [row] = await transaction<{ held: boolean; current: boolean }[]>`
        with held as (
          update everjust.generations g set held_micros = g.held_micros + ${call.mostMicros}
          where g.id = ${call.generationId} and g.project_id = ${call.projectId} and g.state = 'running'
            and g.attempt = ${call.attempt} and g.spent_micros + g.held_micros + ${call.mostMicros} <= g.cap_micros
          returning g.id),
        made as (
          insert into everjust.model_calls (id, project_id, generation_id, attempt, model, state, held_micros)
          select ${call.id}, ${call.projectId}, held.id, ${call.attempt}, ${call.model}, 'held', ${call.mostMicros}
          from held)
        select exists (select from held) as held, exists (
          select from everjust.generations g
          where g.id = ${call.generationId} and g.state = 'running' and g.attempt = ${call.attempt}) as current`
      if (row?.held) return 'held'
      return row?.current ? 'used_up' : 'run_over'
    },

    /** Whether this call belongs to the run. */
    async belongs(id: CallId, generationId: GenerationId): Promise<boolean> {
      const rows = await transaction`
        select id from everjust.model_calls where id = ${id} and generation_id = ${generationId}`
      return rows.length > 0
    },

    /** The call while its money is held. */
    async open(id: CallId): Promise<OpenCall | undefined> {
      const [row] = await transaction<OpenCall[]>`
        select c.id, c.project_id as "projectId", c.generation_id as "generationId", c.model, c.usage,
          g.requested_by as "requestedBy", g.state = 'running' and g.attempt = c.attempt as current
        from everjust.model_calls c join everjust.generations g on g.id = c.generation_id
        where c.id = ${id} and c.state = 'held'`
      return row
    },

    /** While a reply comes: keeps the job's lease, notes what was used so far, and says whether the run still wants it. */
    async watch(id: CallId, job: Job, { leaseSeconds, usage }: { leaseSeconds: number; usage: TokenUsage | null }) {
      const [row] = await transaction<{ current: boolean }[]>`
        with leased as (
          update everjust.jobs set lease_until = now() + make_interval(secs => ${leaseSeconds})
          where id = ${job.id} and fence = ${job.fence} and state = 'taken' returning id)
        update everjust.model_calls c set usage = coalesce(${usage && transaction.json({ ...usage })}, c.usage)
        from leased, everjust.generations g
        where c.id = ${id} and c.state = 'held' and g.id = c.generation_id
        returning g.state = 'running' and g.attempt = c.attempt as current`
      return row?.current ?? false
    },

    /** How many calls of a project have not been settled. */
    async underWay(projectId: ProjectId): Promise<number> {
      const rows = await transaction`
        select id from everjust.model_calls where project_id = ${projectId} and state = 'held'`
      return rows.length
    },

    /** Calls whose worker is long gone, with what is known of their use. */
    abandoned(minutes: number, limit: number): Promise<{ id: CallId; model: string; usage: TokenUsage | null }[]> {
      return transaction<{ id: CallId; model: string; usage: TokenUsage | null }[]>`
        select id, model, usage from everjust.model_calls
        where state = 'held' and created_at < now() - make_interval(mins => ${minutes})
        order by created_at
        limit ${limit}`
    },

    /** Gives the held money back and books what was used; undefined when that was done before. */
    async settle(
      id: CallId,
      { spentMicros, usage, status }: { spentMicros: number; usage: TokenUsage | null; status: number | null },
    ): Promise<Spent | undefined> {
      const [row] = await transaction<SpentRow[]>`
        with settled as (
          update everjust.model_calls set state = 'settled', spent_micros = ${spentMicros},
            usage = ${usage && transaction.json({ ...usage })}, status = ${status}, ended_at = now()
          where id = ${id} and state = 'held'
          returning generation_id, held_micros)
        update everjust.generations g set held_micros = g.held_micros - settled.held_micros,
          spent_micros = g.spent_micros + ${spentMicros}
        from settled where g.id = settled.generation_id
        returning g.id as "generationId", g.project_id as "projectId", g.model, g.spent_micros as "spentMicros",
          g.cap_micros as "capMicros", g.state, g.failure_code as "failureCode"`
      if (!row) return undefined
      const { generationId, projectId, model, state, failureCode } = row
      const running = state === 'running' || state === 'queued'
      if (!running && !isFree(failureCode)) await bookLate(transaction, generationId, spentMicros)
      const micros = {
        spentMicros: isFree(failureCode) ? 0 : Number(row.spentMicros),
        capMicros: Number(row.capMicros),
      }
      return { generationId, projectId, ...micros, simulated: isScripted(model), running }
    },
  }
}

interface SpentRow {
  generationId: GenerationId
  projectId: ProjectId
  model: string
  spentMicros: string
  capMicros: string
  state: Generation['state']
  failureCode: FailureCode | null
}

/** The run ended while this call was under way: what it used joins the account that was settled then. */
async function bookLate(transaction: Transaction, generationId: GenerationId, spentMicros: number): Promise<void> {
  if (spentMicros === 0) return
  await transaction`
    with late as (
      update everjust.ledger set settled = settled + ${spentMicros}, state = 'settled'
      where generation_id = ${generationId} and metric = 'micros' and state <> 'reserved'
      returning organization_id, period, simulated)
    update everjust.quotas q set used = q.used + ${spentMicros},
      simulated = q.simulated + case when late.simulated then ${spentMicros} else 0 end
    from late
    where q.organization_id = late.organization_id and q.metric = 'micros' and q.period = late.period`
}
