import { Deletion } from '../../../lib/contract/deletion.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const deleteUser = operation({
  summary: 'Delete your account, with all organizations that nobody else belongs to; you are signed out from now on',
  may: ['account.delete', inOwnOrganization],
  answers: [202, Deletion],
  refuses: ['not_found', 'conflict'],
  async run({ principal, requestId }, { audit, closures, people }) {
    const userId = personOf(principal)
    const { organizations = [] } = (await people.find(userId)) ?? {}
    // Written down first: whoever is gone may write nothing here.
    const records = organizations.map(({ id, kind }) => {
      const action = kind === 'personal' ? 'account.delete' : 'member.leave'
      return audit.record({ organizationId: id, principal, action, subject: userId, requestId })
    })
    await Promise.all(records)
    const asked = await closures.person()
    if (typeof asked === 'object' && 'receiptId' in asked) return asked
    const name = typeof asked === 'object' ? asked.ownedAlone : ''
    return refuse('conflict', `You alone own ${name}. Make somebody else an owner first, or delete it.`)
  },
})
