import { User } from '../../../lib/contract/user.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const getUser = operation({
  summary: 'Read who you are and where you are a member',
  may: ['project.list', inOrganization],
  answers: [200, User],
  refuses: ['not_found'],
  async run({ principal }, { people, flags, settings }) {
    const [user, on] = await Promise.all([people.find(personOf(principal)), flags.ofOwn()])
    if (!user) return refuse('not_found')
    const organizations = user.organizations.map((one) => ({
      ...one,
      flags: on.filter(({ organizationId }) => organizationId === one.id).map(({ name }) => name),
    }))
    const { terms: accepted, ...person } = user
    const termsAccepted = settings.terms === null || accepted.includes(settings.terms.version)
    return { ...person, termsAccepted, organizations }
  },
})
