import * as z from 'zod'

/** The query of every list: where to go on and how many to give. */
export const PageQuery = z.object({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export type PageQuery = z.infer<typeof PageQuery>

/** `{items, next}`; `next` is null on the last page. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

export interface Page<T> {
  items: T[]
  next: string | null
}

/** ISO 8601 in UTC. */
export const Instant = z.iso.datetime()
