import type { FailureCode } from '../contract/generation.ts'
import type { GenerationId, ProjectId } from '../contract/ids.ts'
import { endingEvents } from '../domain/run-ending.ts'
import type { Stores } from '../store/stores.ts'

/** Ends a run that the platform gives up: money settled, project freed, runner stopped. False when it had ended already. */
export async function failRun(
  { ledger, events, jobs }: Stores,
  { id, projectId }: { id: GenerationId; projectId: ProjectId },
  failure: FailureCode,
): Promise<boolean> {
  const nothing = { attempt: null, answer: null, versionId: null }
  const failed = await ledger.end({ id, projectId, state: 'failed', failure, ...nothing })
  if (!failed) return false
  await events.append(projectId, ...endingEvents(failed))
  await jobs.enqueue({ kind: 'stop-generation', projectId, payload: { generationId: id } })
  return true
}
