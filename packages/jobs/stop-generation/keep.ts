import * as z from 'zod/mini'
import type { JobDesk } from '../../../lib/context.ts'
import { newId, type GenerationId } from '../../../lib/contract/ids.ts'
import { FileEntry, fileLimits } from '../../../lib/contract/version.ts'
import { faultOfFiles } from '../../../lib/domain/manifest.ts'
import { endingEvents } from '../../../lib/domain/run-ending.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import type { Unfinished } from '../../../lib/store/keeping.ts'
import type { WorkerStores } from '../../../lib/store/worker-stores.ts'
import { prepareRestore } from '../../../lib/work/restore.ts'
import { manifestDigest, storeManifest } from '../../../lib/work/stored-files.ts'
import { firstMismatch } from '../../../lib/work/verify-blobs.ts'
import { baseOf } from '../../../lib/work/workspace.ts'
import { addKept, type Plan } from './add-kept.ts'

/** Of a runner's transcript: the files after its last step, all of them stored. */
const Saved = z.object({ checkpoint: z.nullable(z.array(FileEntry).check(z.maxLength(fileLimits.count))) })

const waitSeconds = 45
/** Somebody may save again while storage is waited for. */
const mostPlans = 4

/**
 * Makes what a stopped run had done by its last saved step a version. When somebody saved or restored one meanwhile,
 * theirs is current again at once, and what the run made stands before it. What the project has no room for is set aside
 * until it has. Done again it finds nothing more to keep.
 * The next run waits until it is over.
 */
export async function keepWhatItMade(desk: JobDesk, id: GenerationId): Promise<void> {
  const run = await desk.within(({ keeping }) => keeping.prolong(id, waitSeconds))
  if (!run) return
  const files = await filesOfRun(desk, run)
  for (let plans = 0; plans < mostPlans; plans++) {
    const plan = files && (await planFor(desk, run, files))
    if (await conclude(desk, run, plan)) return
  }
  throw new Error('Others saved versions faster than what a stopped run made could be kept.')
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

/** All that storage must hold before the transaction. Null when what was made is what is current. */
async function planFor(desk: JobDesk, run: Unfinished, files: readonly FileEntry[]): Promise<Plan | null> {
  const { projectId, baseVersionId } = run
  const current = await desk.within(({ versions }) => versions.current(projectId))
  if (current?.manifestSha256 === manifestDigest(files)) return null
  const id = newId('version')
  await storeManifest(desk.objects, { projectId, id }, files)
  const theirs = current && current.id !== baseVersionId ? await prepareRestore(desk.objects, current) : null
  return { id, files, parentId: current?.id ?? null, theirs }
}

/** False when the plan holds no more; then nothing was done. */
function conclude(desk: JobDesk, run: Unfinished, plan: Plan | null): Promise<boolean> {
  return desk.within(async (stores) => {
    // Another run may have gone on without it while storage was slow.
    if (!(await stores.keeping.prolong(run.id, waitSeconds))) return true
    const added = plan ? await addKept(stores, run, plan) : 'nothing'
    if (added === 'outdated') return false
    if (typeof added === 'object') await stores.setAside.put(run.id, added.lacks)
    const next = await (typeof added === 'object'
      ? stores.keeping.waiting(run.id)
      : stores.keeping.conclude(run.id, plan && plan.id))
    await sayStopped(stores, run)
    if (next) await startNow(stores, run, next)
    return true
  })
}

/** That it is set aside, or is not any more; a run that failed says by itself why. */
async function sayStopped(
  { generations, events }: WorkerStores,
  { id, projectId, setAside }: Unfinished,
): Promise<void> {
  const run = await generations.find(projectId, id)
  if (run?.state !== 'cancelled' || (run.failure === null && !setAside)) return
  await events.append(projectId, ...endingEvents(run))
}

const startNow = ({ jobs }: WorkerStores, { projectId }: Unfinished, next: GenerationId): Promise<void> =>
  jobs.enqueue({
    kind: 'start-generation',
    projectId,
    payload: { generationId: next },
    key: `start-generation:${next}`,
  })
