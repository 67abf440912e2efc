import * as z from 'zod/mini'

/** The query of every list: where to go on and how many to give. */
export const PageQuery = z.object({
  after: z.optional(z.string().check(z.maxLength(200))),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 20),
})
export type PageQuery = z.infer<typeof PageQuery>

/** `{items, next}`; `next` is null on the last page. */
export const pageOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({ items: z.array(item), next: z.nullable(z.string()) })

export interface Page<T> {
  items: T[]
  next: string | null
}

/** ISO 8601 in UTC. */
export const Instant = z.iso.datetime()
