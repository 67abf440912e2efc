import * as z from 'zod/mini'

const line = z.string().check(z.maxLength(2_000))

/** What a browser saw of a page. */
export const Sight = z.object({
  /** Uncaught errors and what was written to the console as an error. */
  errors: z.array(line).check(z.maxLength(50)),
  /** Requests to the page's own origin that failed. */
  failed: z.array(line).check(z.maxLength(50)),
  /** In bits: how much there is to see. A page of one colour, or of one gradient, has none. */
  entropy: z.number(),
  /** A WebP image of the first screen. */
  picture: z.nullable(z.base64().check(z.maxLength(200_000))),
})
export type Sight = z.infer<typeof Sight>

export const Look = z.object({ id: z.int(), url: z.string() })
export type Look = z.infer<typeof Look>

export const Looked = z.union([
  z.object({ id: z.int(), sight: Sight }),
  /** `hung` when it was the page that kept the browser from answering. */
  z.object({ id: z.int(), problem: z.string().check(z.maxLength(2_000)), hung: z.boolean() }),
])
export type Looked = z.infer<typeof Looked>
