import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { getSettings } from './get.ts'
import { listAnnouncements } from './list-announcements.ts'
import { tellStored } from './tell-stored.ts'

export const routes = {
  'GET /': getSettings,
  'GET /announcements': listAnnouncements,
  'GET /data': tellStored,
} satisfies Routes

export const main = serve(routes, production)
