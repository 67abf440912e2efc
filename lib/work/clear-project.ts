import type { JobDesk } from '../context.ts'
import type { GenerationId, ProjectId } from '../contract/ids.ts'
import { sandboxName } from '../domain/run.ts'
import { objectKeys } from '../ports/object-store.ts'
import { attestProject } from './attest-project.ts'
import type { Cleared } from './cleared.ts'
import { giveUpImprovements } from './give-up-improvements.ts'

/** Pages of objects removed before the job puts itself back, so that it never outlives its function. */
const mostPages = 20

/**
 * Removes everything a deleted project left: its run, its sandbox, its objects, its rows. Goes on wherever it was cut off;
 * the rows go last, so that until then there is something to go on from. With them a receipt begins, from which it goes on
 * to look again.
 */
export async function clearProject(desk: JobDesk, projectId: ProjectId): Promise<Cleared> {
  const pending = await desk.within(({ deletions }) => deletions.find(projectId))
  if (!pending) return attestProject(desk, projectId)
  if (pending.activeGenerationId) await cancel(desk, projectId, pending.activeGenerationId)
  await desk.provider.remove(sandboxName(projectId))
  if (!(await removeObjects(desk, projectId))) return { again: 0, problem: 'There are more objects to remove.' }
  if (await leavings(desk, projectId)) return { again: 2, problem: 'Something was written while it was removed.' }
  await desk.within(async (stores) => {
    await giveUpImprovements(stores, { projectId })
    await stores.receipts.begin(projectId)
    await stores.deletions.conclude(projectId)
  })
  return attestProject(desk, projectId)
}

async function cancel(desk: JobDesk, projectId: ProjectId, id: GenerationId): Promise<void> {
  const nothing = { attempt: null, failure: null, answer: null, versionId: null }
  await desk.within(({ ledger, jobs }) =>
    Promise.all([ledger.end({ projectId, id, state: 'cancelled', ...nothing }), jobs.startNext()]),
  )
}

/** True when the last page was reached. */
async function removeObjects({ objects }: JobDesk, projectId: ProjectId): Promise<boolean> {
  for (let page = 0; page < mostPages; page++) {
    const keys = await objects.list(objectKeys.project(projectId))
    if (keys.length === 0) return true
    await eachOf(keys, (key) => objects.remove(key))
  }
  return false
}

const atOnce = 8

async function eachOf(keys: readonly string[], work: (key: string) => Promise<void>): Promise<void> {
  for (let at = 0; at < keys.length; at += atOnce) await Promise.all(keys.slice(at, at + atOnce).map(work))
}

/** A run that was being launched, or a relay that was writing, may have left something after it was removed. */
async function leavings({ provider, objects, within }: JobDesk, projectId: ProjectId): Promise<boolean> {
  const [sandbox, keys, calls] = await Promise.all([
    provider.find(sandboxName(projectId)),
    objects.list(objectKeys.project(projectId)),
    within(({ modelCalls }) => modelCalls.underWay(projectId)),
  ])
  return sandbox !== undefined || keys.length > 0 || calls > 0
}
