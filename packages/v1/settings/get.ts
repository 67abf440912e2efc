import { PublicSettings } from '../../../lib/contract/health.ts'
import { openOperation } from '../../../lib/entry/operation.ts'

export const getSettings = openOperation({
  summary: 'Read what the site must know before anybody signed in',
  answers: [200, PublicSettings],
  run: ({ settings }) => Promise.resolve(settings),
})
