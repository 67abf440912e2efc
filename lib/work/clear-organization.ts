import type { DeletionDesk } from '../context.ts'
import type { OrganizationId } from '../contract/ids.ts'
import type { Cleared } from './cleared.ts'
import { clearProject } from './clear-project.ts'

/** Projects cleared before the job puts itself back, so that it never outlives its function. */
const mostProjects = 5

/**
 * Removes an organization that was deleted: its projects one after the other, whoever runs in them; what it paid by; its
 * rows. Goes on wherever it was cut off.
 */
export async function clearOrganization(desk: DeletionDesk, organizationId: OrganizationId): Promise<Cleared> {
  for (let cleared = 0; ; cleared++) {
    const projectId = await desk.within(({ erasures }) => erasures.projectOf(organizationId))
    if (projectId === undefined) break
    if (cleared === mostProjects) return { again: 0, problem: 'There are more projects to clear.' }
    const outcome = await clearProject(desk, projectId)
    if (outcome !== 'done') return outcome
  }
  if (await isStillPaying(desk, organizationId)) return { again: 5, problem: 'Its customer is still known.' }
  await desk.within(({ erasures }) => erasures.erase('organization', organizationId))
  return 'done'
}

/** Ends what it pays, and asks again whether there is a customer: the row that names one goes after that. */
async function isStillPaying({ within, payments }: DeletionDesk, organizationId: OrganizationId): Promise<boolean> {
  const customer = await within(({ erasures }) => erasures.customerOf(organizationId))
  if (customer === null) return false
  await payments.forget(customer)
  return payments.knows(customer)
}
