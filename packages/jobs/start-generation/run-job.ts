import type { JobDesk } from '../../../lib/context.ts'
import type { RunJob } from '../../../lib/contract/run.ts'
import type { Template } from '../../../lib/contract/project.ts'
import { runLimits } from '../../../lib/domain/run.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import type { ClaimedRun } from '../../../lib/store/runs.ts'
import { baseOf } from '../../../lib/work/workspace.ts'
import { doorsOf } from '../../../lib/work/sandbox.ts'
import { editedByHand } from './edited.ts'
import { shownImages } from './shown-images.ts'
import { toldBefore } from './told.ts'

/** Everything the runner of an attempt is told. */
export async function runJobOf(desk: JobDesk, run: ClaimedRun, template: Template): Promise<RunJob> {
  const { id, projectId, attempt, prompt, mode, attachments, model, fallbackModel } = run
  const secondsLeft = Math.max(1, Math.floor((run.deadline.getTime() - desk.now().getTime()) / 1_000))
  const [token, base, live, told, edited, images, transcript] = await Promise.all([
    desk.runTokens.mint({ projectId, generationId: id, attempt }, secondsLeft + tokenGraceSeconds),
    baseOf(desk.objects, projectId, run.fromVersionId),
    doorsOf(desk, projectId),
    toldBefore(desk, run),
    editedByHand(desk, run),
    shownImages(desk, run),
    transcriptOf(desk, run, secondsLeft + tokenGraceSeconds),
  ])
  const limits = { ...runLimits, seconds: Math.min(runLimits.seconds, secondsLeft) }
  const asked = { prompt, mode, attachments, images, edited }
  const generation = { id, attempt, ...asked, ...told, model, fallbackModel, limits, transcript }
  const doors = { api: desk.origins.api, ...(desk.gateway ? { gateway: desk.gateway } : {}) }
  return { mode: 'generate', projectId, template, ...doors, token, base, live, generation }
}

/** The end of a run may be reported a little after its time. */
const tokenGraceSeconds = 60

async function transcriptOf({ objects }: JobDesk, { id, projectId }: ClaimedRun, seconds: number) {
  const key = objectKeys.transcript(projectId, id)
  const [get, put] = await Promise.all([objects.signGet(key, { seconds }), objects.signPut(key, { seconds })])
  return { get, put: put.url }
}
