import type { Reply } from './event.ts'
import type { ProblemBody } from '../contract/problem-body.ts'
import { problems, type ProblemCode } from '../contract/problem.ts'

interface Particulars {
  detail?: string
  issues?: ProblemBody['issues']
  headers?: Record<string, string>
  cause?: unknown
}

/** An ending of the pipeline itself: parsing, sign-in, access, rates. Thrown only inside `lib/entry`. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: ProblemCode
  readonly particulars: Particulars

  constructor(code: ProblemCode, particulars: Particulars = {}) {
    super(particulars.detail ?? problems[code][1], { cause: particulars.cause })
    this.code = code
    this.particulars = particulars
  }
}

export const signedOut = () => new Problem('unauthenticated', { headers: { 'www-authenticate': 'Bearer' } })

/** The answer of RFC 9457; nothing of a cause is in it. */
export function problemReply(code: ProblemCode, { detail, issues, headers }: Particulars, requestId: string): Reply {
  const [status, title] = problems[code]
  const body: ProblemBody = {
    type: `https://everjust.dev/problems/${code}`,
    code,
    status,
    title,
    detail: detail ?? title,
    requestId,
    ...(issues ? { issues } : {}),
  }
  return { status, headers: { ...headers, 'content-type': 'application/problem+json' }, body }
}
