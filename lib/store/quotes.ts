import type { GenerationMode } from '../contract/generation.ts'
import type { ProjectId } from '../contract/ids.ts'
import type { LikeRuns, Precedents } from '../domain/quote.ts'
import type { Transaction } from './sql.ts'

interface Row extends LikeRuns {
  simulated: boolean | null
  characters: number
  bytes: number
}

/** The numbers that the price of a run is made of. */
export function quoteStore(transaction: Transaction) {
  return {
    /** What like runs used, and how much was said in the project. */
    async precedents(projectId: ProjectId, mode: GenerationMode, promptLength: number): Promise<Precedents> {
      const rows = await transaction<Row[]>`
        select l.*, s.characters, s.bytes
        from (
          select coalesce(sum(length(prompt) + length(coalesce(answer, ''))), 0)::int as characters,
            coalesce(sum(octet_length(prompt) + octet_length(coalesce(answer, ''))), 0)::int as bytes
          from everjust.generations where project_id = ${projectId} and superseded_at is null
        ) s left join everjust.like_runs(${projectId}, ${mode}, ${promptLength}) l on true`
      const [{ characters, bytes } = { characters: 0, bytes: 0 }] = rows
      const of = (simulated: boolean) => rows.find((row) => row.simulated === simulated) ?? null
      return { said: { characters, bytes }, real: of(false), simulated: of(true) }
    },
  }
}
