import * as z from 'zod/mini'
import type { JobDesk } from '../../../lib/context.ts'
import { newId, type GenerationId, type VersionId } from '../../../lib/contract/ids.ts'
import { FileEntry, fileLimits } from '../../../lib/contract/version.ts'
import { faultOfFiles } from '../../../lib/domain/manifest.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import type { Unfinished } from '../../../lib/store/keeping.ts'
import type { WorkerStores } from '../../../lib/store/worker-stores.ts'
import { showVersion } from '../../../lib/work/show-version.ts'
import { manifestDigest, storeManifest } from '../../../lib/work/stored-files.ts'
import { firstMismatch } from '../../../lib/work/verify-blobs.ts'
import { baseOf } from '../../../lib/work/workspace.ts'

/** Of a runner's transcript: the files after its last step, all of them stored. */
const Saved = z.object({ checkpoint: z.nullable(z.array(FileEntry).check(z.maxLength(fileLimits.count))) })

const waitSeconds = 45

/**
 * Makes what a stopped run had done by its last saved step a version, if the project still is where the run began. Done
 * again it finds nothing more to keep. The next run waits until it is over.
 */
export async function keepWhatItMade(desk: JobDesk, id: GenerationId): Promise<void> {
  const run = await desk.within(({ keeping }) => keeping.prolong(id, waitSeconds))
  if (!run) return
  const files = await filesOfRun(desk, run)
  const versionId = newId('version')
  if (files) await storeManifest(desk.objects, { projectId: run.projectId, id: versionId }, files)
  await desk.within(async (stores) => {
    // Another run may have gone on without it while storage was slow.
    if (!(await stores.keeping.prolong(id, waitSeconds))) return
    const kept = files && (await addVersion(stores, run, { id: versionId, files }))
    const next = await stores.keeping.conclude(id, kept)
    if (next) await startNow(stores, run, next)
  })
}

/** Null when nothing was changed, or what the transcript tells of is not there. */
async function filesOfRun({ objects, within }: JobDesk, run: Unfinished): Promise<FileEntry[] | null> {
  const { projectId, baseVersionId } = run
  const stored = await objects.get(objectKeys.transcript(projectId, run.id))
  if (!stored) return null
  const { success, data: saved } = Saved.safeParse(JSON.parse(new TextDecoder().decode(stored)))
  const files = success ? saved.checkpoint : null
  if (!files || faultOfFiles(files)) return null
  const base = await baseOf(objects, projectId, baseVersionId)
  if (base && manifestDigest(base.files) === manifestDigest(files)) return null
  const known = await within(({ versions }) =>
    versions.knownBlobs(
      projectId,
      files.map(({ sha256 }) => sha256),
    ),
  )
  return (await firstMismatch(objects, projectId, { files, known })) === undefined ? files : null
}

interface Kept {
  id: VersionId
  files: readonly FileEntry[]
}

async function addVersion(stores: WorkerStores, run: Unfinished, { id, files }: Kept): Promise<VersionId | null> {
  const { projectId, attempt, baseVersionId } = run
  const version = await stores.versions.add({
    id,
    projectId,
    principal: { kind: 'run', projectId, generationId: run.id, attempt },
    source: 'generation',
    message: `Stopped: ${run.prompt.trim().split('\n')[0] ?? ''}`.slice(0, 500).trim(),
    parentId: baseVersionId,
    restoredFrom: null,
    manifestSha256: manifestDigest(files),
    files,
  })
  if (version === 'outdated') return null
  await showVersion(stores, projectId, version)
  return id
}

const startNow = ({ jobs }: WorkerStores, { projectId }: Unfinished, next: GenerationId): Promise<void> =>
  jobs.enqueue({
    kind: 'start-generation',
    projectId,
    payload: { generationId: next },
    key: `start-generation:${next}`,
  })
