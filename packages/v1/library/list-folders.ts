import { Folders } from '../../../lib/contract/library.ts'
import { OrganizationQuery } from '../../../lib/contract/user.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const listFolders = operation({
  summary: 'List the folders of an organization, by name',
  query: OrganizationQuery,
  may: ['project.list', inOrganization],
  answers: [200, Folders],
  async run({ standing: { organizationId } }, { folders }) {
    return { items: await folders.list(organizationId) }
  },
})
