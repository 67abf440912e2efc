import type { JobDesk } from '../../../lib/context.ts'
import type { ProjectId } from '../../../lib/contract/ids.ts'
import { sandboxName } from '../../../lib/domain/run.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'

/** Looks again into every store, and signs that nothing was found; for a project whose rows are gone. */
export async function attest(desk: JobDesk, projectId: ProjectId): Promise<Outcome> {
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
    within(({ receipts }) => receipts.rowsLeft(projectId)),
    objects.list(objectKeys.project(projectId)),
    provider.find(sandboxName(projectId)),
  ])
  return { ...rows, 'stored objects': keys.length, 'running sandboxes': sandbox ? 1 : 0 }
}

async function clear({ objects, provider }: JobDesk, projectId: ProjectId): Promise<void> {
  await provider.remove(sandboxName(projectId))
  for (const key of await objects.list(objectKeys.project(projectId))) await objects.remove(key)
}
