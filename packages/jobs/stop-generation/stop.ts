import * as z from 'zod/mini'
import type { JobDesk } from '../../../lib/context.ts'
import { GenerationId } from '../../../lib/contract/ids.ts'
import { keepSeconds } from '../../../lib/domain/run.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import type { Whereabouts } from '../../../lib/store/runs.ts'
import { endGeneration } from '../../../lib/work/end-generation.ts'
import { keepWhatItMade } from './keep.ts'

/** `cancel` where whoever asked for it may not write what ending a run takes: an operator. */
const Payload = z.object({ generationId: GenerationId, cancel: z.optional(z.boolean()) })

/**
 * Ends the runner's session and makes what it had done a version; then the preview is brought to the version that is
 * current. What was done is kept even when the sandbox cannot be reached: the job tries that again.
 */
export async function stopGeneration({ payload }: Job, desk: JobDesk): Promise<Outcome> {
  const { generationId, cancel = false } = Payload.parse(payload)
  if (cancel) await endRun(desk, generationId)
  const run = await desk.within(({ runs }) => runs.find(generationId))
  if (!run || run.state === 'queued' || run.state === 'running') return 'done'
  const [stopped] = await Promise.allSettled([endRunner(desk, run)])
  await keepWhatItMade(desk, generationId)
  if (stopped.status === 'rejected') throw stopped.reason
  const { projectId } = run
  await desk.within(async ({ sandboxes, jobs }) => {
    const known = await sandboxes.find(projectId)
    if (known?.state !== 'started') return
    await jobs.enqueue({ kind: 'open-sandbox', projectId, payload: { projectId }, key: `open-sandbox:${projectId}` })
  })
  return 'done'
}

async function endRun({ within }: JobDesk, id: GenerationId): Promise<void> {
  await within(async (stores) => {
    const run = await stores.runs.find(id)
    if (!run) return
    const ending = { attempt: null, state: 'cancelled', failure: null, answer: null, versionId: null } as const
    const ended = await endGeneration(stores, { projectId: run.projectId, id, ...ending })
    if (ended) await stores.keeping.promise(id, keepSeconds)
  })
}

async function endRunner({ provider }: JobDesk, { sandboxId, sessionId }: Whereabouts): Promise<void> {
  if (sandboxId && sessionId) await provider.endSession(sandboxId, sessionId)
}
