import type { FailureCode } from '../contract/generation.ts'
import type { GenerationId, ProjectId } from '../contract/ids.ts'
import { keepSeconds } from '../domain/run.ts'
import type { Stores } from '../store/stores.ts'
import { endGeneration, type EndDesk } from './end-generation.ts'

/** Ends a run that the platform gives up: money settled, project freed, runner stopped. False when it had ended already. */
export async function failRun(
  desk: EndDesk & Pick<Stores, 'keeping'>,
  { id, projectId }: { id: GenerationId; projectId: ProjectId },
  failure: FailureCode,
): Promise<boolean> {
  const nothing = { attempt: null, answer: null, versionId: null }
  const failed = await endGeneration(desk, { id, projectId, state: 'failed', failure, ...nothing })
  if (!failed) return false
  await Promise.all([
    desk.keeping.promise(id, keepSeconds),
    desk.jobs.enqueue({ kind: 'stop-generation', projectId, payload: { generationId: id } }),
  ])
  return true
}
