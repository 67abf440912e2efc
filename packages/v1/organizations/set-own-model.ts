import { EngineSettings, OrganizationPath, OwnModel } from '../../../lib/contract/engine.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { objectionToEndpoint } from '../../../lib/domain/endpoint.ts'
import { ownModelAbout } from '../../../lib/domain/offer.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { settingsOf } from './settings-of.ts'

/** Safe to repeat, and so without an idempotency key: not even a digest of the key is kept beside the sealed one. */
export const setOwnModel = waitingOperation({
  summary: 'Let an organization pay for its models by a key of its own; the key is sealed and never shown again',
  path: OrganizationPath,
  body: OwnModel,
  may: ['engine.change', ofOrganization],
  answers: [200, EngineSettings],
  refuses: ['invalid_request'],
  async run({ path: { organizationId }, body: { key, url }, principal, requestId }, desk) {
    const { seals, ownEndpoints, within } = desk
    const objection = url === undefined ? undefined : objectionToEndpoint(url, ownEndpoints)
    if (objection) return refuse('invalid_request', objection)
    const sealed = seals.seal(key, ownModelAbout(organizationId))
    return within(async (stores) => {
      const { engines, audit } = stores
      const given = { hint: key.slice(-4), url: url ?? null, addedBy: personOf(principal) }
      await Promise.all([
        engines.setOwnModel({ organizationId, sealed, ...given }),
        audit.record({ organizationId, principal, action: 'own_model.set', subject: organizationId, requestId }),
      ])
      return settingsOf({ ...desk, ...stores }, organizationId)
    })
  },
})
