import type { Generation, NewGeneration } from '../contract/generation.ts'
import type { GenerationId, ProjectId, VersionId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

/** An earlier request as it was asked, and what it built on. */
export interface Asked extends Pick<NewGeneration, 'prompt' | 'mode' | 'attachments' | 'mayFallBack'> {
  model: Generation['model']
  baseVersionId: VersionId | null
  superseded: boolean
}

/** Conversations that go back to before an earlier request. */
export function retryStore(transaction: Transaction) {
  return {
    async asked(projectId: ProjectId, id: GenerationId): Promise<Asked | undefined> {
      const [row] = await transaction<Asked[]>`
        select prompt, mode, attachments, model, fallback_model is not null as "mayFallBack",
          base_version_id as "baseVersionId", superseded_at is not null as superseded
        from everjust.generations where project_id = ${projectId} and id = ${id}`
      return row
    },

    /** What was asked instead of this request, if the conversation has not gone back before that too. */
    async insteadOf(projectId: ProjectId, id: GenerationId): Promise<{ id: GenerationId; prompt: string } | undefined> {
      const [row] = await transaction<{ id: GenerationId; prompt: string }[]>`
        select id, prompt from everjust.generations
        where project_id = ${projectId} and retry_of = ${id} and superseded_at is null
        order by created_at desc limit 1`
      return row
    },

    /** The model is told neither of this request nor of later ones any more, and nothing more of theirs becomes a version. */
    async supersede(projectId: ProjectId, id: GenerationId): Promise<void> {
      await transaction`
        update everjust.generations g set superseded_at = now(), keep_until = null
        from everjust.generations first
        where first.id = ${id} and first.project_id = ${projectId} and g.project_id = ${projectId}
          and g.superseded_at is null and (g.created_at, g.id) >= (first.created_at, first.id)`
    },

    /** Back to the bare template, from which the project began; its versions stay. */
    async clear(projectId: ProjectId): Promise<void> {
      await transaction`
        update everjust.projects set current_version_id = null, updated_at = now()
        where id = ${projectId} and current_version_id is not null`
    },
  }
}
