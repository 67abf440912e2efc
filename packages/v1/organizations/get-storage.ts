import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { OrganizationStorage } from '../../../lib/contract/usage.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

/** How many projects are named. */
const mostNamed = 20

export const getOrganizationStorage = operation({
  summary: 'Read what the projects of an organization store, the fullest first, and what each may',
  path: OrganizationPath,
  may: ['usage.read', ofOrganization],
  answers: [200, OrganizationStorage],
  async run({ path: { organizationId }, standing: { limits } }, { storage }) {
    const stored = await storage.ofOrganization(organizationId, mostNamed)
    return { organizationId, limitBytesPerProject: limits.storageBytesPerProject, ...stored }
  },
})
