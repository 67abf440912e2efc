import type { VersionId } from '../../../lib/contract/ids.ts'
import type { FileEntry } from '../../../lib/contract/version.ts'
import type { Unfinished } from '../../../lib/store/keeping.ts'
import type { NewRow } from '../../../lib/store/versions.ts'
import type { WorkerStores } from '../../../lib/store/worker-stores.ts'
import { restore, type Restoring } from '../../../lib/work/restore.ts'
import { showVersion } from '../../../lib/work/show-version.ts'
import { storageLack } from '../../../lib/work/storage-room.ts'
import { manifestDigest } from '../../../lib/work/stored-files.ts'

export interface Plan {
  id: VersionId
  files: readonly FileEntry[]
  parentId: VersionId | null
  /** What others saved meanwhile, to be current again. */
  theirs: Restoring | null
}

/** How many bytes there is no room for, when there is none; then nothing was done, nor when the plan is outdated. */
export async function addKept(
  stores: WorkerStores,
  run: Unfinished,
  plan: Plan,
): Promise<'added' | 'outdated' | { lacks: number }> {
  const { projectId, attempt } = run
  const purpose = await stores.sandboxes.purpose(projectId)
  const principal = { kind: 'run', projectId, generationId: run.id, attempt } as const
  const row: NewRow = {
    id: plan.id,
    projectId,
    principal,
    source: 'generation',
    message: `Stopped: ${run.prompt.trim().split('\n')[0] ?? ''}`.slice(0, 500).trim(),
    parentId: plan.parentId,
    restoredFrom: null,
    manifestSha256: manifestDigest(plan.files),
    files: plan.files,
    mostBytes: purpose?.limits.storageBytesPerProject ?? null,
  }
  const version = await stores.versions.add(row)
  if (version === 'outdated') {
    const lack = await storageLack(stores, row)
    return lack ? { lacks: lack.more } : 'outdated'
  }
  await showVersion(stores, projectId, version)
  if (plan.theirs) await restore(stores, plan.theirs, { parentId: plan.id, principal })
  return 'added'
}
