import * as z from 'zod'

const line = z.string().max(2_000)

/** What a browser saw of a page. */
export const Sight = z.object({
  /** Uncaught errors and what was written to the console as an error. */
  errors: z.array(line).max(50),
  /** Requests to the page's own origin that failed. */
  failed: z.array(line).max(50),
  /** In bits: how much there is to see. A page of one colour, or of one gradient, has none. */
  entropy: z.number(),
  /** A WebP image of the first screen. */
  picture: z.base64().max(200_000).nullable(),
})
export type Sight = z.infer<typeof Sight>

export const Look = z.object({ id: z.int(), url: z.string() })
export type Look = z.infer<typeof Look>

export const Looked = z.union([
  z.object({ id: z.int(), sight: Sight }),
  /** `hung` when it was the page that kept the browser from answering. */
  z.object({ id: z.int(), problem: z.string().max(2_000), hung: z.boolean() }),
])
export type Looked = z.infer<typeof Looked>
