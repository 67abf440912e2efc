import * as z from 'zod/mini'
import { AcceptedTerms } from '../../../lib/contract/user.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const acceptTerms = operation({
  summary: 'Accept the terms of the installation, by the version that you read',
  body: AcceptedTerms,
  may: ['terms.accept', inOwnOrganization],
  answers: [204, z.null()],
  refuses: ['conflict'],
  async run({ body: { version }, principal, standing: { organizationId }, requestId }, desk) {
    if (version !== desk.settings.terms?.version) return refuse('conflict', 'Read the version that holds now.')
    const subject = personOf(principal)
    await Promise.all([
      desk.people.acceptTerms(subject, version),
      desk.audit.record({ organizationId, principal, action: 'terms.accept', subject, requestId }),
    ])
    return null
  },
})
