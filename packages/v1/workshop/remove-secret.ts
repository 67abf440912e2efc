import * as z from 'zod/mini'
import { SecretPath } from '../../../lib/contract/secret.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const removeSecret = operation({
  summary: 'Forget a secret of a project',
  path: SecretPath,
  may: ['secret.change', inProject],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path: { projectId, name }, principal, standing, requestId }, { secrets, audit }) {
    const { organizationId } = standing
    const [removed] = await Promise.all([
      secrets.remove(projectId, name),
      audit.record({ organizationId, principal, action: 'secret.remove', subject: `${projectId}/${name}`, requestId }),
    ])
    return removed ? null : refuse('not_found')
  },
})
