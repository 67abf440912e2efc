import * as z from 'zod/mini'
import { GenerationId, OrganizationId, ProjectId, VersionId } from './ids.ts'
import { Instant, PageQuery } from './page.ts'

export const templates = ['react', 'static'] as const
export const Template = z.enum(templates)
export type Template = z.infer<typeof Template>

export const Visibility = z.enum(['private', 'public'])
export type Visibility = z.infer<typeof Visibility>

export const ProjectName = z.string().check(z.trim(), z.minLength(1), z.maxLength(80))

export const NewProject = z.strictObject({
  name: z.optional(ProjectName),
  /** Names the project when `name` is missing; building starts with a separate call to `generate`. */
  prompt: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(20_000))),
  template: z._default(Template, 'react'),
  visibility: z._default(Visibility, 'private'),
  organizationId: z.optional(OrganizationId),
})
export type NewProject = z.output<typeof NewProject>

/** Without an organization: the projects of the caller's personal one. */
export const ProjectQuery = z.extend(PageQuery, { organizationId: z.optional(OrganizationId) })

export const ProjectChange = z
  .strictObject({ name: z.optional(ProjectName), visibility: z.optional(Visibility) })
  .check(z.refine((change) => Object.keys(change).length > 0, 'Name at least one thing to change.'))
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
  currentVersionId: z.nullable(VersionId),
  activeGenerationId: z.nullable(GenerationId),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Project = z.infer<typeof Project>
