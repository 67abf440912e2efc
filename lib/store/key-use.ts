import type { UserId } from '../contract/ids.ts'
import type { Action, KeyInUse } from '../domain/access.ts'
import type { Database } from './sql.ts'

interface UsedKey extends KeyInUse {
  userId: UserId
  scopes: Action[]
}

/** Whose key this is and what it may do, and notes that it was used; undefined when unknown, revoked or expired. */
export function useApiKey(database: Database, digest: string): Promise<UsedKey | undefined> {
  return database.asNobody(async (sql) => {
    const [row] = await sql<UsedKey[]>`
      select id, user_id as "userId", organization_id as "organizationId", to_jsonb(scopes) as scopes,
        requests_per_minute as "requestsPerMinute"
      from everjust.use_api_key(${digest})`
    return row
  })
}
