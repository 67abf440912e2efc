import { newId } from '../../../lib/contract/ids.ts'
import { NewOrganization, Organization } from '../../../lib/contract/organization.ts'
import { mostUnpaid } from '../../../lib/domain/organizations.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const makeOrganization = operation({
  summary: 'Make an organization for several people; who makes it owns it',
  body: NewOrganization,
  may: ['organization.make', inOwnOrganization],
  answers: [201, Organization],
  refuses: ['switched_off', 'payment_required', 'not_found'],
  async run({ body: { name }, principal, standing, requestId }, { organizations, audit, flags }) {
    if (!(await flags.isOn('teams', standing.organizationId))) return refuse('switched_off')
    const organizationId = newId('organization')
    if (!(await organizations.make(organizationId, name))) {
      const detail = `One person may own ${mostUnpaid} organizations of the free tier. Choose a paid tier for one of them first.`
      return refuse('payment_required', detail)
    }
    const [made] = await Promise.all([
      organizations.find(organizationId),
      audit.record({ organizationId, principal, action: 'organization.make', subject: organizationId, requestId }),
    ])
    return made ?? refuse('not_found')
  },
})
