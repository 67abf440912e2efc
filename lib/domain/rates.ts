import { mostOfKey } from '../contract/api-key.ts'

/**
 * Requests a minute: for one person by what they do, for one network address before anybody is known, and for who opens
 * shared apps: one link, whoever has it, and one address, whatever links it tries.
 */
export const ratesPerMinute = {
  read: 600,
  write: 120,
  spend: 20,
  /** Reads up to 32 MB of storage. */
  search: 60,
  address: 1_200,
  'sign-in': 30,
  link: 300,
  'link-address': 120,
  /** At most, of one API key; each says how many itself. */
  key: mostOfKey,
} as const
export type Rate = keyof typeof ratesPerMinute
