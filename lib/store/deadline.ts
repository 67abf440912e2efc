/** Thrown when the database did not answer by its deadline. */
export class Late extends Error {}

/**
 * Rejects when `work` is not done by a moment of `performance.now()`, which may move on meanwhile. On a machine that stood
 * still the answer may lie there unread: it is read before it is missed.
 */
export async function withDeadline<T>(work: Promise<T>, lateAt: () => number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  let turn: NodeJS.Immediate | undefined
  const late = new Promise<never>((_, reject) => {
    const wait = () => (timer = setTimeout(() => (turn = setImmediate(look)), lateAt() - performance.now()))
    const look = () => (lateAt() > performance.now() ? wait() : reject(new Late('the database did not answer in time')))
    wait()
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    clearImmediate(turn)
    work.catch(() => {})
  }
}

const brokenCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '53300',
])

/** Whether the connection is of no more use, so that another one must be made. */
export function isBroken(error: unknown): boolean {
  if (error instanceof Late) return true
  return error instanceof Error && 'code' in error && brokenCodes.has(String(error.code))
}
