import * as z from 'zod/mini'
import { AcceptedTerms } from '../../../lib/contract/user.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const acceptTerms = operation({
  summary: 'Accept the terms of the installation, by the version that you read',
  body: AcceptedTerms,
  may: ['terms.accept', inOwnOrganization],
  answers: [204, z.null()],
  refuses: ['conflict', 'forbidden'],
  async run({ body: { version }, principal, standing: { organizationId }, requestId }, { settings, people, audit }) {
    if (principal.kind !== 'user' || principal.key)
      return refuse('forbidden', 'Terms are accepted by a person, not by a key.')
    if (version !== settings.terms?.version) return refuse('conflict', 'Read the version that holds now.')
    const detail = { version }
    if (await people.acceptTerms(principal.userId, version))
      await audit.record({
        organizationId,
        principal,
        action: 'terms.accept',
        subject: principal.userId,
        requestId,
        detail,
      })
    return null
  },
})
