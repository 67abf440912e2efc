import { createHash, randomBytes } from 'node:crypto'

/** So that a key which strayed is known for one, by people and by scanners. */
export const apiKeyPrefix = 'ejk_'

/** A new key, told this once; what is kept of it; and its first letters, by which its person knows it again. */
export function makeApiKey() {
  const key = `${apiKeyPrefix}${randomBytes(32).toString('base64url')}`
  return { key, digest: digestOfKey(key), prefix: key.slice(0, apiKeyPrefix.length + 6) }
}

export const digestOfKey = (key: string) => createHash('sha256').update(key).digest('hex')
