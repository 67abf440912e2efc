import { EngineChange, EngineSettings, OrganizationPath } from '../../../lib/contract/engine.ts'
import { objectionToModels } from '../../../lib/domain/offer.ts'
import { screenText } from '../../../lib/domain/screening.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { settingsOf } from './settings-of.ts'

export const changeEngine = operation({
  summary: 'Change which models an organization allows, its rules and its caps; what is not named stays',
  path: OrganizationPath,
  body: EngineChange,
  may: ['engine.change', ofOrganization],
  answers: [200, EngineSettings],
  refuses: ['invalid_request'],
  async run({ path: { organizationId }, body, principal, standing, requestId }, desk) {
    const { engines, audit, settings } = desk
    const { models, defaultModel, rules, caps } = body
    const engine = await engines.find(organizationId)
    const changed = {
      ...engine,
      ...(models === undefined ? {} : { models }),
      ...(defaultModel === undefined ? {} : { defaultModel }),
    }
    const objection = objectionToModels({ tier: standing.tier, engine: changed, installed: settings.model.id })
    if (objection) return refuse('invalid_request', objection)
    await Promise.all([
      engines.change(organizationId, {
        ...(models === undefined ? {} : { models }),
        ...(defaultModel === undefined ? {} : { defaultModel }),
        ...(rules === undefined ? {} : { rules: screenText(rules).text }),
      }),
      caps && desk.caps.set({ kind: 'organization', id: organizationId }, caps),
      audit.record({ organizationId, principal, action: 'engine.change', subject: organizationId, requestId }),
    ])
    return settingsOf(desk, organizationId)
  },
})
