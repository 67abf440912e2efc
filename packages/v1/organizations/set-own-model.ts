import { EngineSettings, OrganizationPath, OwnModel } from '../../../lib/contract/engine.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { objectionToEndpoint } from '../../../lib/domain/endpoint.ts'
import { ownModelAbout } from '../../../lib/domain/offer.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { settingsOf } from './settings-of.ts'

export const setOwnModel = operation({
  summary: 'Let an organization pay for its models by a key of its own; the key is sealed and never shown again',
  path: OrganizationPath,
  body: OwnModel,
  may: ['engine.change', ofOrganization],
  answers: [200, EngineSettings],
  refuses: ['invalid_request'],
  async run({ path: { organizationId }, body: { key, url }, principal, requestId }, desk) {
    const { engines, audit, seals, ownEndpoints } = desk
    const objection = url === undefined ? undefined : objectionToEndpoint(url, ownEndpoints)
    if (objection) return refuse('invalid_request', objection)
    await Promise.all([
      engines.setOwnModel({
        organizationId,
        sealed: seals.seal(key, ownModelAbout(organizationId)),
        hint: key.slice(-4),
        url: url ?? null,
        addedBy: personOf(principal),
      }),
      audit.record({ organizationId, principal, action: 'own_model.set', subject: organizationId, requestId }),
    ])
    return settingsOf(desk, organizationId)
  },
})
