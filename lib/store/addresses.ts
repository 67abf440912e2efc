import type { ProjectId, ShareId, VersionId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

export interface SpentAddress {
  url: string
  providerId: string
}

/** A preview that runs and has no address to be told by; `until` when a new one is to end. */
export interface Bare {
  projectId: ProjectId
  providerId: string
  until: Date
}

interface Signed {
  url: string
  providerId: string
  until: Date
}

/** What is told of previews: which addresses are to be ended, and which are to be signed. */
export function addressStore(transaction: Transaction) {
  return {
    /** Those that still open a preview, the first first; the others are forgotten. */
    async spent(limit: number): Promise<SpentAddress[]> {
      await transaction`delete from everjust.spent_addresses where until < now()`
      return transaction<SpentAddress[]>`
        select url, provider_id as "providerId" from everjust.spent_addresses
        where ended_at is null order by spent_at limit ${limit}`
    },

    async ended(url: string): Promise<void> {
      await transaction`update everjust.spent_addresses set ended_at = now() where url = ${url}`
    },

    async bare(limit: number): Promise<Bare[]> {
      return transaction<Bare[]>`
        select project_id as "projectId", provider_id as "providerId", urls_expire_at as until from everjust.sandboxes
        where state = 'started' and preview_url is null and provider_id is not null and urls_expire_at > now()
        order by project_id limit ${limit}`
    },

    /** The version that is seen there; undefined when it stopped, or has an address again. */
    async signed(
      projectId: ProjectId,
      { url, providerId }: Omit<Signed, 'until'>,
    ): Promise<VersionId | null | undefined> {
      const [row] = await transaction<{ versionId: VersionId | null }[]>`
        update everjust.sandboxes set preview_url = ${url}, updated_at = now()
        where project_id = ${projectId} and provider_id = ${providerId} and state = 'started' and preview_url is null
        returning version_id as "versionId"`
      return row?.versionId
    },

    /** What a link needs an address for that is awake and has none, or none that lasts. */
    async bareShare(id: ShareId): Promise<Bare | undefined> {
      const [row] = await transaction<Bare[]>`
        select s.project_id as "projectId", b.provider_id as "providerId",
          least(s.expires_at, now() + interval '24 hours') as until
        from everjust.shares s join everjust.sandboxes b on b.project_id = s.project_id
        where s.id = ${id} and s.revoked_at is null and s.expires_at > now()
          and b.state = 'started' and b.provider_id is not null
          and (s.preview_url is null or s.preview_provider is distinct from b.provider_id
            or s.preview_until <= least(now() + interval '5 minutes', s.expires_at - interval '5 seconds'))`
      return row
    },

    /** False when the link has ended meanwhile. */
    async signedShare(id: ShareId, { url, providerId, until }: Signed): Promise<boolean> {
      const rows = await transaction`
        update everjust.shares set preview_url = ${url}, preview_provider = ${providerId}, preview_until = ${until}
        where id = ${id} and revoked_at is null and expires_at > now() returning id`
      return rows.length > 0
    },
  }
}
