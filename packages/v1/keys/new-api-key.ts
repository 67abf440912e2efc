import { createHash, randomBytes } from 'node:crypto'
import { keyPrefix } from '../../../lib/contract/api-key.ts'

/** A new key, told this once; what is kept of it; and its first letters, by which its person knows it again. */
export function newApiKey() {
  const key = `${keyPrefix}${randomBytes(32).toString('base64url')}`
  return { key, digest: createHash('sha256').update(key).digest('hex'), prefix: key.slice(0, keyPrefix.length + 6) }
}
