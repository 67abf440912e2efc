import Anthropic from '@anthropic-ai/sdk'
import { FailureCode } from '../../../lib/contract/generation.ts'
import { failureHeader } from '../../../lib/contract/model.ts'

/** Why there is no reply. */
export interface Fault {
  /** Null when nobody answered, or the answer broke off. */
  status: number | null
  retryAfterMs: number | null
  /** Whether it may pass by itself. */
  passing: boolean
  /** Whether a reply had been asked for and did not come whole. */
  broken: boolean
  /** How the run ends when it does not pass. */
  code: FailureCode
}

/** A reply that was accepted and then fell silent, was cut, or made no sense. */
export class BrokenReply extends Error {}

export function faultOf(error: unknown): Fault {
  const status = (error instanceof Anthropic.APIError ? error.status : undefined) ?? null
  return {
    status,
    retryAfterMs: retryAfterOf(error),
    passing: headerOf(error, 'x-should-retry') !== 'false' && isPassing(status),
    broken: status === null && !isUnreachable(error),
    code: FailureCode.safeParse(headerOf(error, failureHeader)).data ?? refusals[status ?? 0] ?? 'model_unavailable',
  }
}

const refusals: Partial<Record<number, FailureCode>> = {
  400: 'platform_fault',
  402: 'budget_used_up',
  403: 'platform_fault',
  404: 'platform_fault',
  413: 'platform_fault',
  422: 'platform_fault',
}

const isPassing = (status: number | null) => status === null || status === 408 || status === 429 || status >= 500

// The client wraps whatever went wrong before there was a response.
const isUnreachable = (error: unknown) =>
  error instanceof Anthropic.APIConnectionError && !(error.cause instanceof BrokenReply)

function retryAfterOf(error: unknown): number | null {
  const seconds = Number(headerOf(error, 'retry-after'))
  return seconds > 0 ? seconds * 1_000 : null
}

const headerOf = (error: unknown, name: string) =>
  error instanceof Anthropic.APIError ? (error.headers?.get(name) ?? undefined) : undefined
