import type { ProjectId, ShareId, UserId, VersionId } from '../contract/ids.ts'
import { mostShares, type Share } from '../contract/share.ts'
import type { Transaction } from './sql.ts'
import { takeTurn } from './turns.ts'

interface NewShareRow {
  id: ShareId
  projectId: ProjectId
  digest: string
  createdBy: UserId
  hours: number
}
/** What a link leads to. */
export interface Opened {
  projectId: ProjectId
  name: string
  versionId: VersionId | null
  expiresAt: Date
  id: ShareId
  /** Its own, while that is good. */
  previewUrl: string | null
  previewUntil: Date | null
}
type Row = Omit<Share, 'createdAt' | 'expiresAt' | 'openedAt'> & {
  createdAt: Date
  expiresAt: Date
  openedAt: Date | null
}

/** Links that show the running app to whoever has them. */
export function shareStore(transaction: Transaction) {
  const columns = transaction`s.id, s.created_at as "createdAt", s.expires_at as "expiresAt", s.opened,
    s.opened_at as "openedAt", (select u.name from everjust.users u where u.id = s.created_by) as by`
  const good = transaction`s.revoked_at is null and s.expires_at > now()`

  return {
    /** Those that still lead to the app, newest first. */
    async list(projectId: ProjectId): Promise<Share[]> {
      const rows = await transaction<Row[]>`
        select ${columns} from everjust.shares s where s.project_id = ${projectId} and ${good} order by s.created_at desc`
      return rows.map(toShare)
    },

    /** Undefined when the project has as many as it may. */
    async add({ id, projectId, digest, createdBy, hours }: NewShareRow): Promise<Share | undefined> {
      const [, [row]] = await Promise.all([
        takeTurn(transaction, 'shares', projectId),
        transaction<Row[]>`
        with s as (
          insert into everjust.shares (id, project_id, digest, created_by, expires_at)
          select ${id}, ${projectId}, ${digest}, ${createdBy}, now() + make_interval(hours => ${hours}::int)
          where (select count(*) from everjust.shares s where s.project_id = ${projectId} and ${good}) < ${mostShares}
          returning *)
        select ${columns} from s`,
      ])
      return row && toShare(row)
    },

    async revoke(projectId: ProjectId, id: ShareId): Promise<boolean> {
      const rows = await transaction`
        update everjust.shares s set revoked_at = now()
        where s.project_id = ${projectId} and s.id = ${id} and ${good}
        returning s.id`
      return rows.length > 0
    },

    /** What a link leads to; from then on this transaction sees that project's sandbox, and no more. */
    async open(digest: string, counted: boolean): Promise<Opened | undefined> {
      const [row] = await transaction<Opened[]>`
        select project_id as "projectId", name, version_id as "versionId", expires_at as "expiresAt",
          share_id as id, preview_url as "previewUrl", preview_until as "previewUntil"
        from everjust.open_share(${digest}, ${counted})`
      return row
    },
  }
}

const toShare = ({ createdAt, expiresAt, openedAt, ...rest }: Row): Share => ({
  ...rest,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  openedAt: openedAt?.toISOString() ?? null,
})
