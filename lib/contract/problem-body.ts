import * as z from 'zod'

/** An RFC 9457 body, as `application/problem+json`. */
export const ProblemBody = z.object({
  type: z.string(),
  code: z.string(),
  status: z.int(),
  title: z.string(),
  detail: z.string(),
  requestId: z.string().optional(),
  issues: z.array(z.object({ at: z.string(), message: z.string() })).optional(),
})
export type ProblemBody = z.infer<typeof ProblemBody>
