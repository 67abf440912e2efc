import * as z from 'zod/mini'
import { OfferedModels, type OfferedModel } from '../../../lib/contract/engine.ts'
import { ProjectId } from '../../../lib/contract/ids.ts'
import { OrganizationQuery } from '../../../lib/contract/user.ts'
import type { Principal } from '../../../lib/domain/access.ts'
import { catalogue, windowOf } from '../../../lib/domain/catalogue.ts'
import { defaultOf, offeredTo } from '../../../lib/domain/offer.ts'
import { isScripted, priceOf } from '../../../lib/domain/prices.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import type { Stores } from '../../../lib/store/stores.ts'

/** Of an organization, or of the one that a project belongs to. `possible` also lists what it does not allow, but could. */
const ModelsQuery = z.extend(OrganizationQuery, {
  projectId: z.optional(ProjectId),
  of: z._default(z.enum(['allowed', 'possible']), 'allowed'),
})

/** Whoever is a guest of a project is nobody in its organization. */
function inEither(given: { query: z.output<typeof ModelsQuery>; principal: Principal }, stores: Stores) {
  const { projectId } = given.query
  return projectId ? stores.standings.inProject(given.principal, projectId) : inOrganization(given, stores)
}

export const listModels = operation({
  summary: 'List the models that may be chosen, best first, with today’s prices for a million tokens',
  query: ModelsQuery,
  may: ['engine.read', inEither],
  answers: [200, OfferedModels],
  async run({ query, standing: { organizationId, tier } }, { engines, flags, settings, now }) {
    const [engine, improves] = await Promise.all([
      engines.find(organizationId),
      flags.isOn('prompt-improvement', organizationId),
    ])
    const circumstances = { tier, engine, installed: settings.model.id }
    const usual = defaultOf(circumstances)
    const wide = { ...circumstances, engine: { ...engine, models: null } }
    return {
      items: offeredTo(query.of === 'possible' ? wide : circumstances).map((id) =>
        describe(id, { isDefault: id === usual, day: now() }),
      ),
      improves,
    }
  },
})

function describe(id: string, { isDefault, day }: { isDefault: boolean; day: Date }): OfferedModel {
  const prices = priceOf(id, day) ?? null
  return { id, name: catalogue[id]?.name ?? id, window: windowOf(id), prices, simulated: isScripted(id), isDefault }
}
