import type { ProjectIcon } from '../contract/icon.ts'
import type { ProjectId } from '../contract/ids.ts'
import type { PublicProject, PublicQuery } from '../contract/library.ts'
import { formatKeyset, type Keyset } from '../contract/keyset.ts'
import type { Page } from '../contract/page.ts'
import type { NewProjectRow } from './projects.ts'
import type { Transaction } from './sql.ts'

export interface NewRemixRow extends NewProjectRow {
  icon: ProjectIcon | null
  remixedFrom: ProjectId
}

export interface ShownProject extends PublicProject {
  pictureSha256: string | null
}

type Sort = PublicQuery['sort']
export interface PublicListing {
  sort: Sort
  project: ProjectId | undefined
  after: Keyset<Sort> | undefined
  limit: number
}

type Row = Omit<ShownProject, 'createdAt' | 'updatedAt'> & { createdAt: Date; updatedAt: Date; key: string }

/** Projects made from others, and those that everybody may make their own. */
export function remixStore(transaction: Transaction) {
  return {
    /** A project that is not there for anybody yet: should its files never arrive, it goes like one that was deleted. */
    async begin(row: NewRemixRow): Promise<void> {
      const { id, organizationId, createdBy, name, template, visibility, icon, remixedFrom } = row
      await transaction`
        insert into everjust.projects
          (id, organization_id, created_by, name, template, visibility, icon, remixed_from, deleted_at)
        values (${id}, ${organizationId}, ${createdBy}, ${name}, ${template}, ${visibility},
          ${icon && transaction.json(icon)}, ${remixedFrom}, now())`
    },

    /** Counts what others than its members made of a public project. */
    async count(source: ProjectId): Promise<void> {
      await transaction`select everjust.count_remix(${source})`
    },

    /** What everybody may see: public, not put away, and with something to show. */
    async listPublic({ sort, project, after, limit }: PublicListing): Promise<Page<ShownProject>> {
      const { key, before, order } = ways(transaction, after)[sort]
      const rows = await transaction<Row[]>`
        select p.id, p.name, p.template, p.icon, null as picture, p.remixes, p.created_at as "createdAt",
          p.updated_at as "updatedAt", v.picture_sha256 as "pictureSha256", (${key})::text as key
        from everjust.projects p join everjust.versions v on v.id = p.current_version_id
        where p.visibility = 'public' and p.deleted_at is null and p.archived_at is null
          ${project ? transaction`and p.id = ${project}` : transaction``}
          ${after ? transaction`and ${before}` : transaction``}
        order by ${order}
        limit ${limit + 1}`
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return {
        items: rows.slice(0, limit).map(toShown),
        next: last ? formatKeyset({ sort, key: last.key, id: last.id }) : null,
      }
    },
  }
}

function ways(t: Transaction, after: Keyset<Sort> | undefined) {
  const { key = '0', id = '' } = after ?? {}
  return {
    new: {
      key: t`(extract(epoch from p.created_at) * 1000000)::bigint`,
      before: t`(p.created_at, p.id) < ('epoch'::timestamptz + ${key}::bigint * interval '1 microsecond', ${id})`,
      order: t`p.created_at desc, p.id desc`,
    },
    remixed: {
      key: t`p.remixes`,
      before: t`(p.remixes, p.id) < (${key}::bigint, ${id})`,
      order: t`p.remixes desc, p.id desc`,
    },
  }
}

const toShown = ({ key: _, createdAt, updatedAt, ...row }: Row): ShownProject => ({
  ...row,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})
