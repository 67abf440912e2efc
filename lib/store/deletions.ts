import type { GenerationId, ProjectId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

/** Projects that were deleted and are still being cleared away. */
export function deletionStore(transaction: Transaction) {
  return {
    async find(projectId: ProjectId): Promise<{ activeGenerationId: GenerationId | null } | undefined> {
      const [row] = await transaction<{ activeGenerationId: GenerationId | null }[]>`
        select active_generation_id as "activeGenerationId" from everjust.projects
        where id = ${projectId} and deleted_at is not null`
      return row
    },

    /** Removes the rows; what was paid stays in the ledger. */
    async conclude(projectId: ProjectId): Promise<void> {
      await transaction`delete from everjust.projects where id = ${projectId} and deleted_at is not null`
    },
  }
}
