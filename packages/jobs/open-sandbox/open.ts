import * as z from 'zod/mini'
import type { JobDesk } from '../../../lib/context.ts'
import { backoffSeconds, sandboxName } from '../../../lib/domain/run.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import type { KnownSandbox } from '../../../lib/domain/sandbox.ts'
import type { OpenedSandbox } from '../../../lib/store/sandbox-work.ts'
import type { Purpose } from '../../../lib/store/sandboxes.ts'
import { addressesOf, ensureSandbox, recordOpened } from '../../../lib/work/sandbox.ts'
import { bringUp } from './bring-up.ts'

const mostFailures = 3

/** Does what was wished when it was asked for; if the wish was taken back meanwhile, it is undone. */
export async function openSandbox({ projectId, tries, payload }: Job, desk: JobDesk): Promise<Outcome> {
  const [purpose, known] = await desk.within(({ sandboxes }) =>
    Promise.all([sandboxes.purpose(projectId), sandboxes.find(projectId)]),
  )
  const wished = known?.state === 'starting' || known?.state === 'started'
  // A run that is under way brings the sandbox up itself.
  if (!purpose || !wished || purpose.activeGenerationId) return 'done'
  return clear(desk, projectId, payload)
    .then((isFree) => (isFree ? open(desk, projectId, purpose) : undefined))
    .then(
      () => 'done',
      (error: unknown) => failed(desk, { projectId, tries, error }),
    )
}

/**
 * A sandbox that is to start again is stopped first, and one that is to be made anew is removed; runs that are asked for
 * meanwhile wait. False when a run is there that brings it up itself.
 */
async function clear(desk: JobDesk, projectId: Job['projectId'], payload: unknown): Promise<boolean> {
  const { first } = Opening.parse(payload)
  if (!first) return true
  if (!(await desk.within(({ sandboxes }) => sandboxes.beginClearing(projectId, clearingSeconds)))) return false
  await desk.provider[first](sandboxName(projectId)).catch(async (error: unknown) => {
    await clearingEnded(desk, projectId)
    throw error
  })
  return !(await clearingEnded(desk, projectId))
}

/** As long as a provider may take; a job that was cut off keeps nobody waiting for longer. */
const clearingSeconds = 120

/** Whether a run waited for it, which is started now. */
const clearingEnded = (desk: JobDesk, projectId: Job['projectId']): Promise<boolean> =>
  desk.within(async ({ sandboxes, jobs }) => {
    const next = await sandboxes.endClearing(projectId)
    const payload = { generationId: next }
    if (next) await jobs.enqueue({ kind: 'start-generation', projectId, payload, key: `start-generation:${next}` })
    return next !== undefined
  })

const Opening = z.object({ first: z.optional(z.enum(['stop', 'remove'])) })

async function open(desk: JobDesk, projectId: Job['projectId'], purpose: Purpose): Promise<void> {
  const versionId = purpose.currentVersionId
  const { id: providerId, resources, applied } = await ensureSandbox(desk, projectId, purpose)
  const known = await desk.within(({ sandboxes }) => sandboxes.find(projectId))
  const byMail = known?.byMail === true || desk.plan.hosts === null
  const addresses = await addressesOf(desk, providerId, known)
  if (known?.state === 'starting') await desk.within(({ events }) => events.append(projectId, machineThere))
  const shown = { projectId, versionId, template: purpose.template }
  await bringUp(desk, providerId, { ...shown, mailFrom: byMail ? addresses.liveUrl : null })
  const opened = { providerId, resources, versionId, byMail, applied, ...addresses }
  const kept = await desk.within((stores) =>
    recordOpened(stores, projectId, { opened, from: ['starting', 'started'], isNews: isNews(known, opened) }),
  )
  if (!kept) await desk.provider.stop(sandboxName(projectId))
}

const machineThere = { type: 'sandbox:status', data: { state: 'starting', problem: null, doing: 'files' } } as const

const isNews = (known: KnownSandbox | undefined, { previewUrl, versionId }: OpenedSandbox) =>
  known?.state !== 'started' || known.previewUrl !== previewUrl || known.versionId !== versionId

interface Failed {
  projectId: Job['projectId']
  tries: number
  error: unknown
}

async function failed(desk: JobDesk, { projectId, tries, error }: Failed): Promise<Outcome> {
  desk.log('warning', 'a sandbox could not be opened', { project: projectId, tries, error })
  if (tries < mostFailures) {
    return { again: backoffSeconds(tries), problem: error instanceof Error ? error.message : String(error) }
  }
  const problem = 'The sandbox could not be started. Your code is stored safely; try again in a minute.'
  await desk.within(async ({ sandboxes, events }) => {
    const moved = await sandboxes.closed(projectId, { from: 'starting', to: 'failed', problem })
    if (moved) await events.append(projectId, { type: 'sandbox:status', data: { state: 'failed', problem } })
  })
  return 'done'
}
