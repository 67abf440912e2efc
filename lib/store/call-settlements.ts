import type { Context, Generation } from '../contract/generation.ts'
import type { CallId, GenerationId, ProjectId } from '../contract/ids.ts'
import type { Cost } from '../contract/money.ts'
import type { TokenUsage } from '../domain/prices.ts'
import { isFree, returnsRepairs } from '../domain/quota.ts'
import { costOf, type Costing } from './generation-row.ts'
import type { Job } from './jobs.ts'
import type { OpenCall } from './model-calls.ts'
import type { Transaction } from './sql.ts'

export interface Spent {
  generationId: GenerationId
  projectId: ProjectId
  /** What the whole run cost until now. */
  cost: Cost
  context: Context | null
  /** False once the run has ended: what a late call used is then added to the settled account. */
  running: boolean
}

/** Calls under way, for who relays them: each gives back what it did not use, once. */
export function callSettlementStore(transaction: Transaction) {
  return {
    /** The call while its money is held. */
    async open(id: CallId): Promise<OpenCall | undefined> {
      const [row] = await transaction<OpenCall[]>`
        select c.id, c.project_id as "projectId", c.generation_id as "generationId", c.model, c.usage,
          c.max_tokens as "maxTokens",
          g.requested_by as "requestedBy", g.organization_id as "organizationId", g.own_key as "ownKey",
          g.state = 'running' and g.attempt = c.attempt as current
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

    /** The same for a host that holds the connection itself and needs no lease. */
    async attend(id: CallId, usage: TokenUsage | null): Promise<boolean> {
      const [row] = await transaction<{ current: boolean }[]>`
        update everjust.model_calls c set usage = coalesce(${usage && transaction.json({ ...usage })}, c.usage)
        from everjust.generations g
        where c.id = ${id} and c.state = 'held' and g.id = c.generation_id
        returning g.state = 'running' and g.attempt = c.attempt as current`
      return row?.current ?? false
    },

    /** Calls whose worker is long gone, with what is known of their use. */
    abandoned(seconds: number, limit: number): Promise<{ id: CallId; model: string; usage: TokenUsage | null }[]> {
      return transaction<{ id: CallId; model: string; usage: TokenUsage | null }[]>`
        select id, model, usage from everjust.model_calls
        where state = 'held' and created_at < now() - make_interval(secs => ${seconds})
        order by created_at
        limit ${limit}`
    },

    /**
     * Gives the held money back and books what was used, at most up to the run's cap: what goes beyond is ours.
     * Undefined when that was done before.
     */
    async settle(id: CallId, { spentMicros, usage, status, context }: Settlement): Promise<Spent | undefined> {
      const [row] = await transaction<SpentRow[]>`
        with call as materialized (
          select id, generation_id, held_micros, purpose from everjust.model_calls
          where id = ${id} and state = 'held' for no key update),
        charge as materialized (
          select g.id, least(${spentMicros}::bigint, greatest(0, g.cap_micros - g.spent_micros)) as micros
          from everjust.generations g, call where g.id = call.generation_id for no key update of g),
        settled as (
          update everjust.model_calls c set state = 'settled', spent_micros = ${spentMicros}, status = ${status},
            charged_micros = charge.micros, usage = ${usage && transaction.json({ ...usage })}, ended_at = now()
          from call, charge where c.id = call.id)
        update everjust.generations g set held_micros = g.held_micros - call.held_micros,
          spent_micros = g.spent_micros + charge.micros,
          repair_micros = g.repair_micros + case when call.purpose = 'repair' then charge.micros else 0 end,
          returned_micros = g.returned_micros
            + case when call.purpose = 'repair' and g.failure_code = 'same_error' then charge.micros else 0 end,
          context = case when call.purpose = 'compaction' then g.context
            else coalesce(${context && transaction.json(context)}, g.context) end
        from call, charge where g.id = charge.id
        returning g.id as "generationId", g.project_id as "projectId", g.model, g.spent_micros, g.cap_micros,
          g.returned_micros, g.state, g.failure_code, g.context, g.own_key as "ownKey", charge.micros,
          call.purpose = 'repair' as repair`
      if (!row) return undefined
      const { generationId, projectId, state, context: now } = row
      const running = state === 'running' || state === 'queued'
      if (!running) await bookLate(transaction, generationId, lateMicros(row))
      return { generationId, projectId, cost: costOf(row), context: now, running }
    },
  }
}

interface Settlement {
  spentMicros: number
  usage: TokenUsage | null
  status: number | null
  /** How full the model's window was; null when that is not known. */
  context: Context | null
}

interface SpentRow extends Costing {
  generationId: GenerationId
  projectId: ProjectId
  state: Generation['state']
  context: Context | null
  ownKey: boolean
  micros: string
  repair: boolean
}

/** What of a call that ended after its run is still to be paid. */
function lateMicros({ failure_code, ownKey, repair, micros }: SpentRow): number {
  const free = isFree(failure_code) || ownKey || (repair && returnsRepairs(failure_code))
  return free ? 0 : Number(micros)
}

/** The run ended while this call was under way: what it used joins the account that was settled then. */
async function bookLate(transaction: Transaction, generationId: GenerationId, spentMicros: number): Promise<void> {
  if (spentMicros === 0) return
  await transaction`
    with late as (
      update everjust.ledger set settled = settled + ${spentMicros}, state = 'settled'
      where generation_id = ${generationId} and metric = 'micros' and state <> 'reserved'
      returning organization_id, project_id, user_id, period, simulated),
    counted as (
      update everjust.quotas q set used = q.used + ${spentMicros},
        simulated = q.simulated + case when late.simulated then ${spentMicros} else 0 end
      from late
      where q.organization_id = late.organization_id and q.metric = 'micros' and q.period = late.period
      returning 1),
    owed as (
      update everjust.person_spending s set used = s.used + ${spentMicros}
      from late, (select count(*) from counted) as after_those
      where s.user_id = late.user_id and s.period = late.period
      returning 1)
    update everjust.project_spending s set used = s.used + ${spentMicros}
    from late, (select count(*) from owed) as after_those
    where s.project_id = late.project_id and s.period = late.period`
}
