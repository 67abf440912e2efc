import type { GenerationId, OrganizationId, ProjectId, UserId, VersionId } from '../contract/ids.ts'
import { formatKeyset, type Keyset } from '../contract/keyset.ts'
import type { Page } from '../contract/page.ts'
import type { Project, Template, Visibility } from '../contract/project.ts'
import type { Transaction } from './sql.ts'

interface Row {
  id: ProjectId
  organizationId: OrganizationId
  name: string
  template: Template
  visibility: Visibility
  currentVersionId: VersionId | null
  activeGenerationId: GenerationId | null
  createdAt: Date
  updatedAt: Date
}

interface NewRow {
  id: ProjectId
  organizationId: OrganizationId
  createdBy: UserId
  name: string
  template: Template
  visibility: Visibility
}

interface Listing {
  organizationId: OrganizationId
  after: Keyset | undefined
  limit: number
}

export function projectStore(transaction: Transaction) {
  const columns = transaction`
    id, organization_id as "organizationId", name, template, visibility, current_version_id as "currentVersionId",
    active_generation_id as "activeGenerationId", created_at as "createdAt", updated_at as "updatedAt"`

  return {
    async create({ id, organizationId, createdBy, name, template, visibility }: NewRow): Promise<Project> {
      const [row] = await transaction<Row[]>`
        insert into everjust.projects (id, organization_id, created_by, name, template, visibility)
        values (${id}, ${organizationId}, ${createdBy}, ${name}, ${template}, ${visibility})
        returning ${columns}`
      if (!row) throw new Error('an inserted project was not returned')
      return toProject(row)
    },

    /** Newest change first. The cursor keeps microseconds: a Date would skip rows that changed within one millisecond. */
    async list({ organizationId, after, limit }: Listing): Promise<Page<Project>> {
      const beyond = after
        ? transaction`and (updated_at, id) <
            ('epoch'::timestamptz + ${after.micros}::bigint * interval '1 microsecond', ${after.id})`
        : transaction``
      const rows = await transaction<(Row & { micros: string })[]>`
        select ${columns}, (extract(epoch from updated_at) * 1000000)::bigint as micros
        from everjust.projects
        where organization_id = ${organizationId} and deleted_at is null ${beyond}
        order by updated_at desc, id desc
        limit ${limit + 1}`
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { items: rows.slice(0, limit).map(toProject), next: last ? formatKeyset(last) : null }
    },

    async find(id: ProjectId): Promise<Project | undefined> {
      const [row] = await transaction<Row[]>`
        select ${columns} from everjust.projects where id = ${id} and deleted_at is null`
      return row && toProject(row)
    },

    async change(
      id: ProjectId,
      { name, visibility }: { name?: string | undefined; visibility?: Visibility | undefined },
    ): Promise<Project | undefined> {
      const [row] = await transaction<Row[]>`
        update everjust.projects set name = coalesce(${name ?? null}, name),
          visibility = coalesce(${visibility ?? null}, visibility), updated_at = now()
        where id = ${id} and deleted_at is null
        returning ${columns}`
      return row && toProject(row)
    },

    /** Hides the project from everybody at once; what it stored elsewhere is removed by a job. */
    async markDeleted(id: ProjectId): Promise<{ activeGenerationId: GenerationId | null } | undefined> {
      const [row] = await transaction<{ activeGenerationId: GenerationId | null }[]>`
        update everjust.projects set deleted_at = now()
        where id = ${id} and deleted_at is null
        returning active_generation_id as "activeGenerationId"`
      return row
    },
  }
}

function toProject({ id, organizationId, name, template, visibility, ...row }: Row): Project {
  return {
    id,
    organizationId,
    name,
    template,
    visibility,
    state: row.activeGenerationId ? 'building' : 'ready',
    currentVersionId: row.currentVersionId,
    activeGenerationId: row.activeGenerationId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}
