import type { CallId, GenerationId, OrganizationId, ProjectId, UserId } from '../contract/ids.ts'
import type { ModelRequest } from '../contract/model.ts'
import type { MostOfCall, TokenUsage } from '../domain/prices.ts'
import type { Transaction } from './sql.ts'

export interface NewCall {
  id: CallId
  projectId: ProjectId
  generationId: GenerationId
  attempt: number
  model: string
  purpose: ModelRequest['purpose']
  most: MostOfCall
}

export interface OpenCall {
  id: CallId
  projectId: ProjectId
  generationId: GenerationId
  model: string
  requestedBy: UserId
  organizationId: OrganizationId
  /** Asked by the organization's own key. */
  ownKey: boolean
  /** How long its reply may be, when the run has not enough left for one as long as was asked for. */
  maxTokens: number
  /** What an earlier worker saw of it. */
  usage: TokenUsage | null
  /** Whether its run goes on. */
  current: boolean
}

interface HeldRow extends Pick<OpenCall, 'requestedBy' | 'organizationId' | 'ownKey'> {
  /** Null when the run cannot pay for it. */
  maxTokens: number | null
}

/** Requests to the model: each holds the most it can cost before it is sent. What becomes of it is in `call-settlements`. */
export function modelCallStore(transaction: Transaction) {
  return {
    /** Holds money for one call in one step with the check that it fits what the run may still cost. */
    async hold(call: NewCall): Promise<OpenCall | 'run_over' | 'used_up'> {
      const { inputMicros, microsPerToken, maxTokens, leastTokens } = call.most
      const [row] = await transaction<HeldRow[]>`
        with run as materialized (
          select g.id, g.requested_by, g.organization_id, g.own_key, floor((g.cap_micros - g.spent_micros - g.held_micros - ${inputMicros}::bigint)
            / ${microsPerToken}::numeric) as affordable
          from everjust.generations g
          where g.id = ${call.generationId} and g.project_id = ${call.projectId} and g.state = 'running'
            and g.attempt = ${call.attempt}
          for no key update of g),
        fits as materialized (
          select id, least(${maxTokens}::int, affordable)::int as tokens from run
          where affordable >= ${leastTokens}::int),
        held as (
          update everjust.generations g
          set held_micros = g.held_micros + ${inputMicros}::bigint + floor(fits.tokens * ${microsPerToken}::numeric)
          from fits where g.id = fits.id
          returning g.id, fits.tokens),
        made as (
          insert into everjust.model_calls
            (id, project_id, generation_id, attempt, model, state, purpose, held_micros, max_tokens)
          select ${call.id}, ${call.projectId}, held.id, ${call.attempt}, ${call.model}, 'held', ${call.purpose},
            ${inputMicros}::bigint + floor(held.tokens * ${microsPerToken}::numeric), held.tokens
          from held)
        select run.requested_by as "requestedBy", run.organization_id as "organizationId", run.own_key as "ownKey",
          (select tokens from held) as "maxTokens"
        from run`
      if (!row) return 'run_over'
      if (!row.maxTokens) return 'used_up'
      const { id, projectId, generationId, model } = call
      return { id, projectId, generationId, model, ...row, maxTokens: row.maxTokens, usage: null, current: true }
    },

    /** Whether this call belongs to the run. */
    async belongs(id: CallId, generationId: GenerationId): Promise<boolean> {
      const rows = await transaction`
        select id from everjust.model_calls where id = ${id} and generation_id = ${generationId}`
      return rows.length > 0
    },

    /** How many calls of a project have not been settled. */
    async underWay(projectId: ProjectId): Promise<number> {
      const rows = await transaction`
        select id from everjust.model_calls where project_id = ${projectId} and state = 'held'`
      return rows.length
    },
  }
}
