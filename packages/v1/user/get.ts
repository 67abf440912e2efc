import { User } from '../../../lib/contract/user.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const getUser = operation({
  summary: 'Read who you are and where you are a member',
  may: ['project.list', inOrganization],
  answers: [200, User],
  refuses: ['not_found'],
  async run({ principal }, { people }) {
    return (await people.find(personOf(principal))) ?? refuse('not_found')
  },
})
