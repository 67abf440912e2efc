import { mostKeys, type ApiKey, type WantedKey } from '../contract/api-key.ts'
import type { ApiKeyId, OrganizationId, UserId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'
import { takeTurn } from './turns.ts'

/** Whose keys: of a person, or of an organization and made by that person. */
export interface KeyOwner {
  userId: UserId
  organizationId: OrganizationId | null
}

interface Made {
  id: ApiKeyId
  digest: string
  prefix: string
  twoFactors: boolean
}

type Row = Omit<ApiKey, 'createdAt' | 'expiresAt' | 'lastUsedAt'> & {
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}

/** Keys that open the API; what is kept of a key itself is its digest, and no request reads that. */
export function apiKeyStore(transaction: Transaction) {
  const columns = transaction`k.id, k.name, k.prefix, to_jsonb(k.scopes) as scopes,
    k.requests_per_minute as "requestsPerMinute", k.created_at as "createdAt", k.expires_at as "expiresAt",
    k.last_used_at as "lastUsedAt", k.replaced_by as "replacedBy",
    (select coalesce(u.name, u.email) from everjust.users u where u.id = k.user_id) as by`
  const good = transaction`k.revoked_at is null and (k.expires_at is null or k.expires_at > now())`
  const whose = ({ userId, organizationId }: KeyOwner) =>
    organizationId
      ? transaction`k.organization_id = ${organizationId}`
      : transaction`k.organization_id is null and k.user_id = ${userId}`
  const turn = ({ userId, organizationId }: KeyOwner) => takeTurn(transaction, 'keys', organizationId ?? userId)

  return {
    /** Those that still open something, newest first. */
    async list(owner: KeyOwner): Promise<ApiKey[]> {
      const rows = await transaction<Row[]>`
        select ${columns} from everjust.api_keys k where ${whose(owner)} and ${good} order by k.created_at desc, k.id`
      return rows.map(toKey)
    },

    /** Undefined when there are as many as there may be. */
    async add(owner: KeyOwner, made: Made, wanted: WantedKey): Promise<ApiKey | undefined> {
      const { name, scopes, days, requestsPerMinute } = wanted
      const [, [row]] = await Promise.all([
        turn(owner),
        transaction<Row[]>`
        with k as (
          insert into everjust.api_keys (id, user_id, organization_id, secret_sha256, prefix, two_factors, name, scopes,
            expires_at, requests_per_minute)
          select ${made.id}, ${owner.userId}, ${owner.organizationId}, ${made.digest}, ${made.prefix},
            ${made.twoFactors}, ${name}, array(select jsonb_array_elements_text(${transaction.json([...scopes])})),
            now() + make_interval(days => ${days}::int), ${requestsPerMinute}
          where (select count(*) from everjust.api_keys k where ${whose(owner)} and ${good}) < ${mostKeys}
          returning *)
        select ${columns} from k`,
      ])
      return row && toKey(row)
    },

    /**
     * Another key of the same name, scopes and length takes its place; both open the same until the old one ends, which is
     * never later than it would have been. Undefined when there is none, or it has been replaced.
     */
    async rotate(owner: KeyOwner, old: ApiKeyId, { overlapHours, ...made }: Made & { overlapHours: number }) {
      const [row] = await transaction<Row[]>`
        with old as (
          update everjust.api_keys k set replaced_by = ${made.id},
            expires_at = least(k.expires_at, now() + make_interval(hours => ${overlapHours}::int))
          from (select o.id, o.expires_at - o.created_at as length from everjust.api_keys o where o.id = ${old} for update) before
          where k.id = before.id and ${whose(owner)} and ${good} and k.replaced_by is null
          returning k.*, before.length),
        k as (
          insert into everjust.api_keys (id, user_id, organization_id, secret_sha256, prefix, two_factors, name, scopes,
            expires_at, requests_per_minute)
          select ${made.id}, ${owner.userId}, old.organization_id, ${made.digest}, ${made.prefix}, ${made.twoFactors},
            old.name, old.scopes, now() + old.length, old.requests_per_minute
          from old
          returning *)
        select ${columns} from k`
      return row && toKey(row)
    },

    async revoke(owner: KeyOwner, id: ApiKeyId): Promise<boolean> {
      const rows = await transaction`
        update everjust.api_keys k set revoked_at = now()
        where k.id = ${id} and ${whose(owner)} and ${good}
        returning k.id`
      return rows.length > 0
    },
  }
}

const toKey = ({ createdAt, expiresAt, lastUsedAt, ...rest }: Row): ApiKey => ({
  ...rest,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
})
