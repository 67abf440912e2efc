import * as z from 'zod'
import { GenerationId, OrganizationId, ProjectId, VersionId } from './ids.ts'
import { Instant, PageQuery } from './page.ts'

export const templates = ['react', 'static'] as const
export const Template = z.enum(templates)
export type Template = z.infer<typeof Template>

export const Visibility = z.enum(['private', 'public'])
export type Visibility = z.infer<typeof Visibility>

export const ProjectName = z.string().trim().min(1).max(80)

export const NewProject = z.strictObject({
  name: ProjectName.optional(),
  /** Names the project when `name` is missing; building starts with a separate call to `generate`. */
  prompt: z.string().trim().min(1).max(20_000).optional(),
  template: Template.default('react'),
  visibility: Visibility.default('private'),
  organizationId: OrganizationId.optional(),
})
export type NewProject = z.output<typeof NewProject>

/** Without an organization: the projects of the caller's personal one. */
export const ProjectQuery = PageQuery.extend({ organizationId: OrganizationId.optional() })

export const ProjectChange = z
  .strictObject({ name: ProjectName.optional(), visibility: Visibility.optional() })
  .refine((change) => Object.keys(change).length > 0, 'Name at least one thing to change.')
export type ProjectChange = z.output<typeof ProjectChange>

/** The path of everything that belongs to one project. */
export const ProjectPath = z.object({ projectId: ProjectId })

export const Project = z.object({
  id: ProjectId,
  organizationId: OrganizationId,
  name: z.string(),
  template: Template,
  visibility: Visibility,
  state: z.enum(['ready', 'building', 'deleting']),
  currentVersionId: VersionId.nullable(),
  activeGenerationId: GenerationId.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Project = z.infer<typeof Project>
