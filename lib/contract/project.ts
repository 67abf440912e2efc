import * as z from 'zod/mini'
import { ProjectIcon } from './icon.ts'
import { FolderId, GenerationId, OrganizationId, ProjectId, VersionId } from './ids.ts'
import { Instant, PageQuery } from './page.ts'
import { Role } from './user.ts'

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

export const ProjectSort = z.enum(['changed', 'created', 'name'])
export type ProjectSort = z.infer<typeof ProjectSort>

/** What is said in an address: `true` or nothing. */
const Flag = z.pipe(
  z.optional(z.enum(['true', 'false'])),
  z.transform((said) => said === 'true'),
)

/** Without an organization: the projects of the caller's personal one. Archived ones are listed by themselves. */
export const ProjectQuery = z.extend(PageQuery, {
  organizationId: z.optional(OrganizationId),
  after: z.optional(z.string().check(z.maxLength(700))),
  sort: z._default(ProjectSort, 'changed'),
  /** Words that the name or the first request has, whatever their case and accents. */
  q: z.optional(z.string().check(z.trim(), z.maxLength(100))),
  folder: z.optional(FolderId),
  favourites: Flag,
  archived: Flag,
})
export type ProjectQuery = z.output<typeof ProjectQuery>

/** `icon` null is the one that follows from the name, `folderId` null is no folder. */
export const ProjectChange = z
  .strictObject({
    name: z.optional(ProjectName),
    visibility: z.optional(Visibility),
    icon: z.optional(z.nullable(ProjectIcon)),
    folderId: z.optional(z.nullable(FolderId)),
    archived: z.optional(z.boolean()),
    /** Null leaves it to the organization. */
    defaultModel: z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(100)))),
  })
  .check(z.refine((change) => Object.keys(change).length > 0, 'Name at least one thing to change.'))
export type ProjectChange = z.output<typeof ProjectChange>

/** A new project with the files of a version, by default of the current one. */
export const NewRemix = z.strictObject({
  versionId: z.optional(VersionId),
  name: z.optional(ProjectName),
  /** Where it is made; by default in the caller's personal organization. */
  organizationId: z.optional(OrganizationId),
})
export type NewRemix = z.output<typeof NewRemix>

/** The path of everything that belongs to one project. */
export const ProjectPath = z.object({ projectId: ProjectId })

export const Project = z.object({
  id: ProjectId,
  organizationId: OrganizationId,
  name: z.string(),
  template: Template,
  visibility: Visibility,
  /** Null is the one that follows from the name. */
  icon: z.nullable(ProjectIcon),
  /** Of the current version: a signed address of its picture, good for an hour, and whether its checks passed. */
  picture: z.nullable(z.string()),
  green: z.nullable(z.boolean()),
  /** What the caller is to it; everybody is a viewer of a public one. */
  role: Role,
  /** Whether the caller marked it. */
  favourite: z.boolean(),
  folderId: z.nullable(FolderId),
  remixedFrom: z.nullable(ProjectId),
  archivedAt: z.nullable(Instant),
  /** The model that is used when nobody chooses one; null leaves it to the organization. */
  defaultModel: z.nullable(z.string()),
  state: z.enum(['ready', 'building', 'deleting']),
  currentVersionId: z.nullable(VersionId),
  activeGenerationId: z.nullable(GenerationId),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Project = z.infer<typeof Project>
