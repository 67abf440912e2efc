import type { EngineSettings } from '../../../lib/contract/engine.ts'
import type { OrganizationId } from '../../../lib/contract/ids.ts'
import type { Stores } from '../../../lib/store/stores.ts'

/** The settings as they are after what this transaction did. */
export async function settingsOf({ engines, caps }: Stores, organizationId: OrganizationId): Promise<EngineSettings> {
  const [engine, capped] = await Promise.all([
    engines.find(organizationId),
    caps.of({ kind: 'organization', id: organizationId }),
  ])
  const { models, defaultModel, rules, ownModel } = engine
  return { models: models && [...models], defaultModel, rules, caps: capped, ownModel }
}
