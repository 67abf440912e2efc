import type { ProjectIcon } from '../contract/icon.ts'
import type { FolderId, GenerationId, OrganizationId, ProjectId, VersionId } from '../contract/ids.ts'
import type { Project, Template, Visibility } from '../contract/project.ts'
import type { Role } from '../contract/user.ts'
import type { Transaction } from './sql.ts'

/** A project, with the digest of the picture of its current version. */
export interface StoredProject extends Project {
  pictureSha256: string | null
}

export interface ProjectRow {
  id: ProjectId
  organizationId: OrganizationId
  name: string
  template: Template
  visibility: Visibility
  icon: ProjectIcon | null
  green: boolean | null
  pictureSha256: string | null
  role: Role
  favourite: boolean
  folderId: FolderId | null
  remixedFrom: ProjectId | null
  archivedAt: Date | null
  defaultModel: string | null
  currentVersionId: VersionId | null
  activeGenerationId: GenerationId | null
  createdAt: Date
  updatedAt: Date
}

type Fragment = ReturnType<Transaction>

/** The greater of what somebody is as a member and as a guest; null who is neither. */
export const greaterRole = (transaction: Transaction, member: Fragment, guest: Fragment) => transaction`
  case when ${guest} = 'editor' and coalesce(${member}, 'viewer') in ('viewer', 'billing') then 'editor'
    else coalesce(${member}, ${guest}) end`

/** What is read of a project `p`, as whoever asks may see it. */
export const projectColumns = (transaction: Transaction) => transaction`
  p.id, p.organization_id as "organizationId", p.name, p.template, p.visibility, p.icon, p.folder_id as "folderId",
  p.remixed_from as "remixedFrom", p.archived_at as "archivedAt", p.default_model as "defaultModel",
  p.current_version_id as "currentVersionId",
  p.active_generation_id as "activeGenerationId", p.created_at as "createdAt", p.updated_at as "updatedAt",
  (select v.green from everjust.versions v where v.id = p.current_version_id) as green,
  (select v.picture_sha256 from everjust.versions v where v.id = p.current_version_id) as "pictureSha256",
  coalesce(${greaterRole(
    transaction,
    transaction`(select m.role from everjust.memberships m where m.organization_id = p.organization_id
      and m.user_id = (select nullif(current_setting('everjust.user', true), '')))`,
    transaction`(select g.role from everjust.project_guests g where g.project_id = p.id
      and g.user_id = (select nullif(current_setting('everjust.user', true), '')))`,
  )}, 'viewer') as role,
  exists (select from everjust.favourites f where f.project_id = p.id
    and f.user_id = (select nullif(current_setting('everjust.user', true), ''))) as favourite`

export function toProject({ activeGenerationId, createdAt, updatedAt, archivedAt, ...row }: ProjectRow): StoredProject {
  return {
    ...row,
    picture: null,
    state: activeGenerationId ? 'building' : 'ready',
    activeGenerationId,
    archivedAt: archivedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
