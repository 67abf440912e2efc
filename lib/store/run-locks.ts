import type { GenerationId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

/** What runs ask of the files that none may change. */
export function runLockStore(transaction: Transaction) {
  return {
    /** What was locked before this run began: what is locked meanwhile counts from the next run on. */
    async ofRun(id: GenerationId): Promise<string[]> {
      const rows = await transaction<{ path: string }[]>`
        select l.path from everjust.file_locks l join everjust.generations g on g.project_id = l.project_id
        where g.id = ${id} and l.created_at <= coalesce(g.started_at, now())
        order by l.path`
      return rows.map(({ path }) => path)
    },
  }
}
