import { mostSecrets, NewSecret, ProjectSecret, SecretPath } from '../../../lib/contract/secret.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { secretAbout } from '../../../lib/domain/secret.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'

/** Safe to repeat, and so without an idempotency key: not even a digest of the value is kept beside the sealed one. */
export const setSecret = waitingOperation({
  summary: 'Keep a secret for a project, sealed, or give it a new value',
  path: SecretPath,
  body: NewSecret,
  may: ['secret.change', inProject],
  answers: [200, ProjectSecret],
  refuses: ['invalid_request'],
  async run({ path: { projectId, name }, body: { value }, principal, standing, requestId }, { within, seals }) {
    const { organizationId } = standing
    const sealed = seals.seal(value, secretAbout(projectId, name))
    return within(async ({ secrets, audit }) => {
      const subject = `${projectId}/${name}`
      const [kept] = await Promise.all([
        secrets.set({ projectId, name, sealed, createdBy: personOf(principal) }),
        audit.record({ organizationId, principal, action: 'secret.set', subject, requestId }),
      ])
      return kept ?? refuse('invalid_request', `A project has at most ${mostSecrets} secrets.`)
    })
  },
})
