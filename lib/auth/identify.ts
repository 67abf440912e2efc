import { createHash } from 'node:crypto'
import { keyPrefix } from '../contract/api-key.ts'
import { newId } from '../contract/new-id.ts'
import type { Principal } from '../domain/access.ts'
import type { Database } from '../store/sql.ts'
import { enter, useApiKey } from '../store/people.ts'
import type { AccessTokens } from './access-token.ts'
import type { RunTokens } from './run-token.ts'

/** Where a call comes from: the browser and system, and the shortened address. */
export interface Whence {
  agent: string | null
  origin: string | null
}
const nowhere: Whence = { agent: null, origin: null }

interface Known {
  principal: Principal
  until: number
}

/**
 * Who calls, by bearer token: a person's access token, an API key, or the token of a run; undefined for all others.
 * A verified access token is remembered until it expires, so a warm function checks a signature once. What the person
 * may do is never remembered: membership is read in every transaction, which also refuses whoever was blocked meanwhile.
 */
export function openIdentify(given: {
  accessTokens: AccessTokens
  runTokens: RunTokens
  database: Database
  now: () => number
}) {
  const known = new Map<string, Known>()
  return async function identify(
    authorization: string | undefined,
    from: Whence = nowhere,
  ): Promise<Principal | undefined> {
    const token = /^Bearer ([\w.~+/=-]{16,4096})$/.exec(authorization ?? '')?.[1]
    if (!token) return undefined
    if (token.startsWith(keyPrefix)) return principalOfKey(token, given.database)
    const digest = createHash('sha256').update(token).digest('base64url')
    const remembered = known.get(digest)
    if (remembered && remembered.until > given.now()) return remembered.principal

    // Neither takes the other's: each looks at the algorithm first.
    const [run, bearer] = await Promise.all([given.runTokens.read(token), given.accessTokens.verify(token)])
    if (run) return run
    if (!bearer) return undefined
    const entered = await enter(given.database, {
      ...{ userId: newId('user'), organizationId: newId('organization'), sessionId: newId('session') },
      ...bearer,
      ...from,
    })
    if (!entered) return undefined
    const { userId, sessionId } = entered
    const { permissions, signIn } = bearer
    const principal: Principal = { kind: 'user', userId, scopes: 'all', permissions, signIn: { ...signIn, sessionId } }
    if (known.size >= mostKnown) known.clear()
    known.set(digest, { principal, until: bearer.expiresAt })
    return principal
  }
}

const mostKnown = 2_000

async function principalOfKey(key: string, database: Database): Promise<Principal | undefined> {
  const found = await useApiKey(database, createHash('sha256').update(key).digest('hex'))
  if (!found) return undefined
  const { userId, scopes, ...used } = found
  return { kind: 'user', userId, scopes, key: used }
}
