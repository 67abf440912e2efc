import type { FailureCode } from '../contract/generation.ts'
import type { GenerationId, ProjectId } from '../contract/ids.ts'
import { endGeneration, type EndDesk } from './end-generation.ts'

/** Ends a run that the platform gives up: money settled, project freed, runner stopped. False when it had ended already. */
export async function failRun(
  desk: EndDesk,
  { id, projectId }: { id: GenerationId; projectId: ProjectId },
  failure: FailureCode,
): Promise<boolean> {
  const nothing = { attempt: null, answer: null, versionId: null }
  const failed = await endGeneration(desk, { id, projectId, state: 'failed', failure, ...nothing })
  if (!failed) return false
  await desk.jobs.enqueue({ kind: 'stop-generation', projectId, payload: { generationId: id } })
  return true
}
