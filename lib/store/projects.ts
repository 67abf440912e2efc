import type { GenerationId, OrganizationId, ProjectId, UserId } from '../contract/ids.ts'
import type { ProjectChange, Template, Visibility } from '../contract/project.ts'
import { stillKept } from './kept.ts'
import { listProjects, type Listing } from './project-list.ts'
import { projectColumns, toProject, type ProjectRow, type StoredProject } from './project-row.ts'
import type { Transaction } from './sql.ts'

export interface NewProjectRow {
  id: ProjectId
  organizationId: OrganizationId
  createdBy: UserId
  name: string
  template: Template
  visibility: Visibility
}

export function projectStore(transaction: Transaction) {
  const columns = projectColumns(transaction)

  return {
    async create({ id, organizationId, createdBy, name, template, visibility }: NewProjectRow): Promise<StoredProject> {
      const [row] = await transaction<ProjectRow[]>`
        insert into everjust.projects as p (id, organization_id, created_by, name, template, visibility)
        values (${id}, ${organizationId}, ${createdBy}, ${name}, ${template}, ${visibility})
        returning ${columns}`
      if (!row) throw new Error('an inserted project was not returned')
      return toProject(row)
    },

    list: (listing: Listing) => listProjects(transaction, listing),

    async find(id: ProjectId): Promise<StoredProject | undefined> {
      const [row] = await transaction<ProjectRow[]>`
        select ${columns} from everjust.projects p where p.id = ${id} and p.deleted_at is null`
      return row && toProject(row)
    },

    /**
     * Undefined when it is gone, when the folder is none of its organization, or when a run keeps it from the archive.
     * Where it lies and how it looks is no change of the project itself.
     */
    async change(id: ProjectId, change: ProjectChange): Promise<StoredProject | undefined> {
      const { name, visibility, icon, folderId, archived, defaultModel } = change
      const [row] = await transaction<ProjectRow[]>`
        update everjust.projects p set
          name = coalesce(${name ?? null}, p.name),
          visibility = coalesce(${visibility ?? null}, p.visibility),
          updated_at = case when ${name !== undefined || visibility !== undefined}::boolean then now() else p.updated_at end,
          icon = ${icon === undefined ? transaction`p.icon` : icon && transaction.json(icon)},
          default_model = ${defaultModel === undefined ? transaction`p.default_model` : defaultModel},
          folder_id = ${folderId === undefined ? transaction`p.folder_id` : folderId},
          archived_at = ${archived === undefined ? transaction`p.archived_at` : archived ? transaction`coalesce(p.archived_at, now())` : null}
        where p.id = ${id} and p.deleted_at is null
          and (${folderId ?? null}::text is null or exists (
            select from everjust.folders f where f.id = ${folderId ?? null} and f.organization_id = p.organization_id))
          and not (${archived ?? false}::boolean and p.active_generation_id is not null)
        returning ${columns}`
      return row && toProject(row)
    },

    /** Hides the project from everybody at once; what it stored stays as long as it can be brought back. */
    async markDeleted(id: ProjectId): Promise<{ activeGenerationId: GenerationId | null } | undefined> {
      const [row] = await transaction<{ activeGenerationId: GenerationId | null }[]>`
        update everjust.projects set deleted_at = now()
        where id = ${id} and deleted_at is null
        returning active_generation_id as "activeGenerationId"`
      return row
    },

    /** Undefined when it cannot be brought back any more. */
    async undelete(id: ProjectId): Promise<StoredProject | undefined> {
      const [row] = await transaction<ProjectRow[]>`
        update everjust.projects p set deleted_at = null
        where p.id = ${id} and (p.deleted_at is null or ${stillKept(transaction)})
        returning ${columns}`
      return row && toProject(row)
    },
  }
}
