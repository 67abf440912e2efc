import * as z from 'zod/mini'

/** An RFC 9457 body, as `application/problem+json`. */
export const ProblemBody = z.object({
  type: z.string(),
  code: z.string(),
  status: z.int(),
  title: z.string(),
  detail: z.string(),
  requestId: z.optional(z.string()),
  issues: z.optional(z.array(z.object({ at: z.string(), message: z.string() }))),
})
export type ProblemBody = z.infer<typeof ProblemBody>
