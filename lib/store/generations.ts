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

    /** Newest first, from the place that is named: the oldest of the bounds holds. */
    async list(projectId: ProjectId, { after, upTo, until, q, limit }: Place): Promise<Page<Generation>> {
      const rows = await transaction<GenerationRow[]>`
        select g.* from everjust.generations g
        where g.project_id = ${projectId}
          and (${after}::text is null or g.number < (
            select l.number from everjust.generations l where l.project_id = ${projectId} and l.id = ${after}))
          and (${upTo}::int is null or g.number <= ${upTo})
          and (${until}::timestamptz is null or g.number <= (
            select l.number from everjust.generations l
            where l.project_id = ${projectId} and l.created_at < ${until}::timestamptz + interval '1 millisecond'
            order by l.created_at desc, l.id desc limit 1))
          and (${q}::text is null or strpos(lower(g.prompt), lower(${q})) > 0 or strpos(lower(g.answer), lower(${q})) > 0)
        order by g.number desc
        limit ${limit + 1}`
      const items = rows.slice(0, limit).map(toGeneration)
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
    },

    /**
     * Earlier requests of the project and what came of them, oldest first: those after `after`, which a memory covers, and
     * the newest of them that fit into `mostBytes`. What the conversation went back before is not told,
     * nor what `before`, to which it goes back now, and later ones said.
     */
    async conversation(projectId: ProjectId, { after, before = null, mostBytes }: Reach): Promise<Said[]> {
      const rows = await transaction<EndedRow[]>`
        select id, prompt, answer, state, failure_code, question, version_id from (
          select g.*, sum(octet_length(g.prompt) + octet_length(coalesce(g.answer, '')))
            over (order by g.created_at desc, g.id desc) as told
          from everjust.generations g
          where g.project_id = ${projectId} and g.superseded_at is null
            and g.state in ('succeeded', 'failed', 'cancelled')
            and (${after}::text is null or (g.created_at, g.id) > (
              select l.created_at, l.id from everjust.generations l
              where l.project_id = ${projectId} and l.id = ${after}))
            and (${before}::text is null or g.number < (
              select l.number from everjust.generations l where l.project_id = ${projectId} and l.id = ${before}))) as ended
        where told <= ${mostBytes}
        order by created_at, id`
      return rows.map(toSaid)
    },
  }
}

interface Place {
  /** The id of the last one seen. */
  after: string | null
  /** The number of the newest one wanted. */
  upTo: number | null
  /** None that was asked later. */
  until: string | null
  /** What its words or its answer say, whatever their case. */
  q: string | null
  limit: number
}

interface Reach {
  after: GenerationId | null
  before?: GenerationId | null
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
