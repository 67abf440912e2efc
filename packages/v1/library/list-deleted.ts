import * as z from 'zod/mini'
import { DeletedProject } from '../../../lib/contract/library.ts'
import { OrganizationQuery } from '../../../lib/contract/user.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const listDeleted = operation({
  summary: 'List the projects that were deleted and can be brought back, the last deleted first',
  query: OrganizationQuery,
  may: ['project.list', inOrganization],
  answers: [200, z.object({ items: z.array(DeletedProject) })],
  async run({ standing: { organizationId } }, { deletions }) {
    return { items: await deletions.kept(organizationId) }
  },
})
