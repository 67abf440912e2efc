import * as z from 'zod/mini'
import { ProjectIcon } from './icon.ts'
import { publicLimit } from './library-limits.ts'
import { FolderId, OrganizationId, ProjectId } from './ids.ts'
import { Instant, PageQuery } from './page.ts'
import { Project, Template } from './project.ts'

export const FolderName = z.string().check(z.trim(), z.minLength(1), z.maxLength(60))

/** Without an organization: the caller's personal one. */
export const NewFolder = z.strictObject({ name: FolderName, organizationId: z.optional(OrganizationId) })
export const FolderChange = z.strictObject({ name: FolderName })
export const FolderPath = z.object({ folderId: FolderId })

export const Folder = z.object({
  id: FolderId,
  name: z.string(),
  /** Projects in it that are not archived. */
  projects: z.int(),
})
export type Folder = z.infer<typeof Folder>
export const Folders = z.object({ items: z.array(Folder) })
export type Folders = z.infer<typeof Folders>

/** A project that was deleted, and when nothing of it will be left. */
export const DeletedProject = z.extend(Project, { deletedAt: Instant, goneAt: Instant })
export type DeletedProject = z.infer<typeof DeletedProject>

/** What others share with one person. */
export const SharedProjects = z.object({ items: z.array(Project) })
export type SharedProjects = z.infer<typeof SharedProjects>

/** What strangers may see: the newest first, or those first that were made others' own most often. */
export const PublicQuery = z.object({
  sort: z._default(z.enum(['new', 'remixed']), 'new'),
  /** This one alone, or none. */
  project: z.optional(ProjectId),
  after: PageQuery.shape.after,
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(publicLimit)), 12),
})
export type PublicQuery = z.output<typeof PublicQuery>

/** A project that its owners show to everybody. */
export const PublicProject = z.object({
  id: ProjectId,
  name: z.string(),
  template: Template,
  icon: z.nullable(ProjectIcon),
  /** A signed address, good for an hour. */
  picture: z.nullable(z.string()),
  remixes: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type PublicProject = z.infer<typeof PublicProject>
