import type { JobDesk } from '../../../lib/context.ts'
import type { RunJob } from '../../../lib/contract/run.ts'
import { changesBetween } from '../../../lib/domain/manifest.ts'
import type { ClaimedRun } from '../../../lib/store/runs.ts'
import { baseOf } from '../../../lib/work/workspace.ts'

type Edited = NonNullable<RunJob['generation']>['edited']

/** The first words of a run name so many paths at most. */
const mostPaths = 500

/** What people changed since the last version that the model made: by hand, by going back, by bringing files in. */
export async function editedByHand(
  { objects, within }: Pick<JobDesk, 'objects' | 'within'>,
  { projectId, fromVersionId }: Pick<ClaimedRun, 'projectId' | 'fromVersionId'>,
): Promise<Edited> {
  if (!fromVersionId) return []
  const made = await within(({ versions }) => versions.lastGenerated(projectId, fromVersionId))
  // Where the model made nothing yet, all of it is new to it.
  if (!made || made === fromVersionId) return []
  const [before, after] = await Promise.all([
    baseOf(objects, projectId, made),
    baseOf(objects, projectId, fromVersionId),
  ])
  const changes = changesBetween(before?.files ?? [], after?.files ?? [])
  return changes.slice(0, mostPaths).map(({ path, change }) => ({ path, change }))
}
