import type { RunEnd } from '../contract/run.ts'
import type { GenerationId, ProjectId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

export interface Memory {
  text: string
  upTo: GenerationId
}

/** What conversations came to, where they were too long to be told whole. */
export function memoryStore(transaction: Transaction) {
  return {
    /** Keeps what a run summed up. One that is about no request of this project is let go. */
    async keep(projectId: ProjectId, memory: RunEnd['memory']): Promise<void> {
      if (!memory) return
      await transaction`
        insert into everjust.conversation_memories (project_id, up_to, text)
        select g.project_id, g.id, ${memory.text} from everjust.generations g
        where g.id = ${memory.upTo} and g.project_id = ${projectId}
        on conflict (project_id, up_to) do update set text = excluded.text, created_at = now()`
    },

    /** The newest that the conversation has not gone back before. */
    async latest(projectId: ProjectId): Promise<Memory | undefined> {
      const [row] = await transaction<Memory[]>`
        select m.text, m.up_to as "upTo" from everjust.conversation_memories m
        join everjust.generations g on g.id = m.up_to
        where m.project_id = ${projectId} and g.superseded_at is null
        order by g.created_at desc, g.id desc
        limit 1`
      return row
    },
  }
}
