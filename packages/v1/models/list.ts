import { OfferedModels, type OfferedModel } from '../../../lib/contract/engine.ts'
import { OrganizationQuery } from '../../../lib/contract/user.ts'
import { catalogue, windowOf } from '../../../lib/domain/catalogue.ts'
import { defaultOf, offeredTo } from '../../../lib/domain/offer.ts'
import { isScripted, priceOf } from '../../../lib/domain/prices.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const listModels = operation({
  summary: 'List the models that may be chosen, best first, with today’s prices for a million tokens',
  query: OrganizationQuery,
  may: ['engine.read', inOrganization],
  answers: [200, OfferedModels],
  async run({ standing: { organizationId, tier } }, { engines, settings, now }) {
    const circumstances = { tier, engine: await engines.find(organizationId), installed: settings.model.id }
    const usual = defaultOf(circumstances)
    return { items: offeredTo(circumstances).map((id) => describe(id, { isDefault: id === usual, day: now() })) }
  },
})

function describe(id: string, { isDefault, day }: { isDefault: boolean; day: Date }): OfferedModel {
  const prices = priceOf(id, day) ?? null
  return { id, name: catalogue[id]?.name ?? id, window: windowOf(id), prices, simulated: isScripted(id), isDefault }
}
