import type { JobDesk } from '../context.ts'
import type { ProjectId } from '../contract/ids.ts'
import { sandboxName } from '../domain/run.ts'
import { objectKeys } from '../ports/object-store.ts'
import type { Cleared } from './cleared.ts'

/** Looks again into every store, and signs that nothing was found; for a project whose rows are gone. */
export async function attestProject(desk: JobDesk, projectId: ProjectId): Promise<Cleared> {
  const open = await desk.within(({ receipts }) => receipts.open(projectId))
  if (!open) return 'done'
  const counts = await left(desk, projectId)
  const found = Object.entries(counts).filter(([, count]) => count > 0)
  // What came late is an object or a sandbox: rows cannot come back without their project.
  if (found.length > 0) {
    await clear(desk, projectId)
    return { again: 2, problem: `There is something left: ${found.map(([store]) => store).join(', ')}.` }
  }
  const signed = await desk.receipts.sign({ ...open, counts })
  await desk.within(({ receipts }) => receipts.conclude(open.id, { counts, signed }))
  return 'done'
}

async function left({ within, objects, provider }: JobDesk, projectId: ProjectId): Promise<Record<string, number>> {
  const [rows, keys, sandbox] = await Promise.all([
    within(({ erasures }) => erasures.rowsLeft('project', projectId)),
    objects.list(objectKeys.project(projectId)),
    provider.find(sandboxName(projectId)),
  ])
  return { ...rows, 'stored objects': keys.length, 'running sandboxes': sandbox ? 1 : 0 }
}

async function clear({ objects, provider }: JobDesk, projectId: ProjectId): Promise<void> {
  await provider.remove(sandboxName(projectId))
  for (const key of await objects.list(objectKeys.project(projectId))) await objects.remove(key)
}
