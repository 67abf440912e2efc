import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../ports/fault.ts'

const tries = 4
const firstPauseMs = 300
const longestPauseMs = 5_000

/** Tries again what Daytona does not do at this moment: too many requests, gateways, a sandbox between two states. */
export async function patiently<T>(doing: string, work: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await work()
    } catch (cause) {
      if (cause instanceof Fault) throw cause
      if (!isPassing(cause) || n === tries) throw new Fault('daytona', doing, { retryable: !isFinal(cause), cause })
      await sleep(pauseMs(cause, n))
    }
  }
}

/** The sandbox, session or command is no more. */
function isGone(error: unknown): boolean {
  const cause = error instanceof Fault ? error.cause : error
  return statusOf(cause) === 404 || statusOf(cause) === 410
}

/** For `catch`: undefined for what is no more, the error itself for all else. */
export function unlessGone(error: unknown): undefined {
  if (!isGone(error)) throw error
}

export const isTaken = (error: unknown) => statusOf(error) === 409

// Requests that met a sandbox which starts, stops or moves are answered 400 with these words.
const between = /is not started|failed to resolve container IP|state change in progress|not running/i
const passingStatus = new Set([429, 502, 503, 504])

function isPassing(error: unknown): boolean {
  const status = statusOf(error)
  if (status === undefined) return error instanceof Error && error.name.startsWith('DaytonaConnection')
  return passingStatus.has(status) || (status === 400 && error instanceof Error && between.test(error.message))
}

/** Asking again later is of no use: the request itself is refused. */
const isFinal = (error: unknown) => [400, 401, 403, 422].includes(statusOf(error) ?? 0) && !isPassing(error)

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined
  return typeof error.statusCode === 'number' ? error.statusCode : undefined
}

/** What the answer asks for, by either spelling of its header, or else doubled each time; with jitter, so that callers spread. */
function pauseMs(error: unknown, n: number): number {
  const asked = retryAfterSeconds(error)
  const pause = asked === undefined ? firstPauseMs * 2 ** (n - 1) : asked * 1_000
  return Math.min(longestPauseMs, pause) * (0.75 + Math.random() / 2)
}

function retryAfterSeconds(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('headers' in error)) return undefined
  const { headers } = error
  if (typeof headers !== 'object' || headers === null) return undefined
  const named = Object.entries(headers).find(([name]) => /^retry-after(-|$)/i.test(name))
  const seconds = Number(named?.[1])
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined
}
