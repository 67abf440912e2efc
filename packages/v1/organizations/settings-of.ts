import type { EngineSettings } from '../../../lib/contract/engine.ts'
import type { OrganizationId } from '../../../lib/contract/ids.ts'
import type { Stores } from '../../../lib/store/stores.ts'

/** The settings as they are after what this transaction did. */
export async function settingsOf({ engines }: Stores, organizationId: OrganizationId): Promise<EngineSettings> {
  const { models, defaultModel, rules, ownModel } = await engines.find(organizationId)
  const caps = { runMicros: null, monthMicros: null }
  return { models: models && [...models], defaultModel, rules, caps, ownModel }
}
