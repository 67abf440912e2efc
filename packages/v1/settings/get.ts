import { SiteSettings } from '../../../lib/contract/health.ts'
import { tiers } from '../../../lib/contract/user.ts'
import { tierTable } from '../../../lib/domain/tiers.ts'
import { openOperation } from '../../../lib/entry/operation.ts'

export const getSettings = openOperation({
  summary: 'Read what the site must know before anybody signed in',
  answers: [200, SiteSettings],
  run: ({ settings }) => Promise.resolve({ ...settings, tiers: offers }),
})

const offers = tiers.map((tier) => ({ tier, ...tierTable[tier] }))
