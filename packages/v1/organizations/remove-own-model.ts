import { EngineSettings, OrganizationPath } from '../../../lib/contract/engine.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { settingsOf } from './settings-of.ts'

export const removeOwnModel = operation({
  summary: 'Forget the key of an organization; its next runs are the platform’s again',
  path: OrganizationPath,
  may: ['engine.change', ofOrganization],
  answers: [200, EngineSettings],
  async run({ path: { organizationId }, principal, requestId }, desk) {
    const { engines, audit } = desk
    await Promise.all([
      engines.removeOwnModel(organizationId),
      audit.record({ organizationId, principal, action: 'own_model.remove', subject: organizationId, requestId }),
    ])
    return settingsOf(desk, organizationId)
  },
})
