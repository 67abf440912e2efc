import { EngineSettings, OrganizationPath } from '../../../lib/contract/engine.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'
import { settingsOf } from './settings-of.ts'

export const getEngine = readingOperation({
  summary: 'Read which models an organization allows, its rules, its caps and its own key',
  path: OrganizationPath,
  may: ['engine.read', ofOrganization],
  answers: [200, EngineSettings],
  run: ({ path: { organizationId } }, stores) => settingsOf(stores, organizationId),
})
