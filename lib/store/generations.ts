import type { Generation } from '../contract/generation.ts'
import type { GenerationId, ProjectId } from '../contract/ids.ts'
import type { Page } from '../contract/page.ts'
import { toldAnswer } from '../domain/told-answer.ts'
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

    /**
     * Earlier requests of the project and what came of them, oldest first: those after `after`, which a memory covers, and
     * the newest of them that fit into `mostBytes`. What the conversation went back before is not told.
     */
    async conversation(projectId: ProjectId, { after, mostBytes }: Reach): Promise<Said[]> {
      const rows = await transaction<EndedRow[]>`
        select id, prompt, answer, state, failure_code, question, version_id from (
          select g.*, sum(octet_length(g.prompt) + octet_length(coalesce(g.answer, '')))
            over (order by g.created_at desc, g.id desc) as told
          from everjust.generations g
          where g.project_id = ${projectId} and g.superseded_at is null
            and g.state in ('succeeded', 'failed', 'cancelled')
            and (${after}::text is null or (g.created_at, g.id) > (
              select l.created_at, l.id from everjust.generations l
              where l.project_id = ${projectId} and l.id = ${after}))) as ended
        where told <= ${mostBytes}
        order by created_at, id`
      return rows.map(toSaid)
    },
  }
}

interface Reach {
  after: GenerationId | null
  mostBytes: number
}

interface Said {
  id: GenerationId
  prompt: string
  answer: string
  asked?: true
}

type EndedRow = Pick<GenerationRow, 'id' | 'prompt' | 'answer' | 'state' | 'failure_code' | 'question' | 'version_id'>

const toSaid = (row: EndedRow): Said => ({
  id: row.id,
  prompt: row.prompt,
  answer: toldAnswer(row),
  ...(row.question ? { asked: true } : {}),
})
