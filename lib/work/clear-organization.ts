import type { DeletionDesk } from '../context.ts'
import type { OrganizationId, ReceiptId } from '../contract/ids.ts'
import { clearOutside } from './clear-outside.ts'
import type { Cleared } from './cleared.ts'
import { clearProject } from './clear-project.ts'

/** Projects cleared before the job puts itself back, so that it never outlives its function. */
const mostProjects = 5

/**
 * Removes an organization that was deleted: its projects one after the other, whoever runs in them; what it paid by and what
 * its company signed in by; its rows. Goes on wherever it was cut off.
 */
export async function clearOrganization(
  desk: DeletionDesk,
  { organizationId, receiptId }: { organizationId: OrganizationId; receiptId: ReceiptId },
): Promise<Cleared> {
  for (let cleared = 0; ; cleared++) {
    const projectId = await desk.within(({ erasures }) => erasures.projectOf(organizationId))
    if (projectId === undefined) break
    if (cleared === mostProjects) return { again: 0, problem: 'There are more projects to clear.' }
    const outcome = await clearProject(desk, projectId)
    if (outcome !== 'done') return outcome
  }
  const outcome = await clearOutside(desk, { receiptId, subject: 'organization', id: organizationId })
  if (outcome === 'done') await desk.within(({ erasures }) => erasures.erase('organization', organizationId))
  return outcome
}
