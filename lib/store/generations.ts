import type { Generation } from '../contract/generation.ts'
import type { GenerationId, ProjectId } from '../contract/ids.ts'
import type { Page } from '../contract/page.ts'
import { toGeneration, type GenerationRow } from './generation-row.ts'
import type { Transaction } from './sql.ts'

/** Runs by project, as people see them. Leases are in `runs`, money and endings in `ledger`. */
export function generationStore(transaction: Transaction) {
  return {
    async find(projectId: ProjectId, id: GenerationId): Promise<Generation | undefined> {
      const [row] = await transaction<GenerationRow[]>`
        select * from everjust.generations where project_id = ${projectId} and id = ${id}`
      return row && toGeneration(row)
    },

    /** Newest first; `after` is the id of the last one seen. */
    async list(
      projectId: ProjectId,
      { after, limit }: { after: string | null; limit: number },
    ): Promise<Page<Generation>> {
      const rows = await transaction<GenerationRow[]>`
        select g.* from everjust.generations g
        where g.project_id = ${projectId}
          and (${after}::text is null or (g.created_at, g.id) < (
            select l.created_at, l.id from everjust.generations l
            where l.project_id = ${projectId} and l.id = ${after}))
        order by g.created_at desc, g.id desc
        limit ${limit + 1}`
      const items = rows.slice(0, limit).map(toGeneration)
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
    },

    /** Earlier prompts and answers of the project that came to a good end, oldest first. */
    async conversation(projectId: ProjectId, limit: number): Promise<Said[]> {
      const rows = await transaction<Said[]>`
        select id, prompt, coalesce(answer, '') as answer from everjust.generations
        where project_id = ${projectId} and state = 'succeeded'
        order by created_at desc, id desc
        limit ${limit}`
      return [...rows].reverse()
    },
  }
}

interface Said {
  id: GenerationId
  prompt: string
  answer: string
}
