import { openSpaces } from './adapters/spaces.ts'
import type { Config } from './config.ts'
import type { ObjectStore } from './ports/object-store.ts'

/** Object storage as the settings name it. */
export const openObjects = (config: Config): ObjectStore =>
  openSpaces({
    endpoint: config.text('SPACES_ENDPOINT'),
    region: config.text('SPACES_REGION'),
    bucket: config.text('SPACES_BUCKET'),
    key: config.secret('SPACES_KEY'),
    secret: config.secret('SPACES_SECRET'),
  })
