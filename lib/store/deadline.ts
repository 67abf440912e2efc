/** Thrown when the database did not answer by its deadline. */
export class Late extends Error {}

/** Rejects when `work` is not done by the deadline, which may grow once it has begun. */
export async function withDeadline<T>(work: Promise<T>, milliseconds: () => number): Promise<T> {
  const started = performance.now()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const look = () => {
      const left = milliseconds() - (performance.now() - started)
      if (left <= 0) reject(new Late('the database did not answer in time'))
      else timer = setTimeout(look, left)
    }
    timer = setTimeout(look, milliseconds())
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
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
