import * as z from 'zod'
import type { JobDesk } from '../../../lib/context.ts'
import { GenerationId } from '../../../lib/contract/ids.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import type { Job } from '../../../lib/store/jobs.ts'

const Payload = z.object({ generationId: GenerationId })

/** Ends the runner's session; then the preview is brought back to the version that is current. */
export async function stopGeneration({ payload }: Job, desk: JobDesk): Promise<Outcome> {
  const { generationId } = Payload.parse(payload)
  const run = await desk.within(({ runs }) => runs.find(generationId))
  if (!run || run.state === 'queued' || run.state === 'running') return 'done'
  const { projectId, sandboxId, sessionId } = run
  if (!sandboxId) return 'done'
  if (sessionId) await desk.provider.endSession(sandboxId, sessionId)
  await desk.within(async ({ sandboxes, jobs }) => {
    const known = await sandboxes.find(projectId)
    if (known?.state !== 'started') return
    await jobs.enqueue({ kind: 'open-sandbox', projectId, payload: { projectId }, key: `open-sandbox:${projectId}` })
  })
  return 'done'
}
