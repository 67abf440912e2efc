import type { GenerationMode } from '../contract/generation.ts'
import type { GenerationId, ProjectId } from '../contract/ids.ts'
import type { LikeRuns, Precedents } from '../domain/quote.ts'
import type { Transaction } from './sql.ts'

interface Row extends LikeRuns {
  simulated: boolean | null
  characters: number
  bytes: number
}

export interface Like {
  mode: GenerationMode
  promptLength: number
  before?: GenerationId | null
}

/** The numbers that the price of a run is made of. */
export function quoteStore(transaction: Transaction) {
  return {
    /** What like runs used, and how much was said in the project, before a request where it goes back to that. */
    async precedents(projectId: ProjectId, { mode, promptLength, before = null }: Like): Promise<Precedents> {
      const rows = await transaction<Row[]>`
        select l.*, s.characters, s.bytes
        from (
          select coalesce(sum(length(prompt) + length(coalesce(answer, ''))), 0)::int as characters,
            coalesce(sum(octet_length(prompt) + octet_length(coalesce(answer, ''))), 0)::int as bytes
          from everjust.generations g where g.project_id = ${projectId} and g.superseded_at is null
            and (${before}::text is null or g.number < (
              select b.number from everjust.generations b where b.project_id = ${projectId} and b.id = ${before}))
        ) s left join everjust.like_runs(${projectId}, ${mode}, ${promptLength}) l on true`
      const [{ characters, bytes } = { characters: 0, bytes: 0 }] = rows
      const of = (simulated: boolean) => rows.find((row) => row.simulated === simulated) ?? null
      return { said: { characters, bytes }, real: of(false), simulated: of(true) }
    },
  }
}
