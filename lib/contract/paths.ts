import { api } from './api.ts'
import type { FolderId, InvitationId, ProjectId, SessionId } from './ids.ts'

/** Addresses of the API that every page may need; what a project, an account or an operator has stands beside. */
export const paths = {
  health: () => `${api}/health`,
  settings: () => `${api}/settings`,
  openapi: () => `${api}/openapi.json`,
  user: () => `${api}/user`,
  usage: () => `${api}/user/usage`,
  projects: () => `${api}/projects`,
  project: (id: ProjectId) => `${api}/projects/${id}`,
  undelete: (id: ProjectId) => `${api}/library/deleted/${id}/undelete`,
  remix: (id: ProjectId) => `${api}/library/projects/${id}/remix`,
  ownVisit: (id: ProjectId) => `${api}/shares/${id}/guests/me`,
  guestInvitation: (id: ProjectId, iid: InvitationId) => `${api}/shares/${id}/invited/${iid}`,
  openShare: (token: string) => `${api}/shares/open/${encodeURIComponent(token)}`,
  folders: () => `${api}/library/folders`,
  folder: (id: FolderId) => `${api}/library/folders/${id}`,
  favourite: (id: ProjectId) => `${api}/library/favourites/${id}`,
  sharedProjects: () => `${api}/library/shared`,
  publicProjects: () => `${api}/library/public`,
  deletedProjects: () => `${api}/library/deleted`,
  deletedProject: (id: ProjectId) => `${api}/library/deleted/${id}`,
  session: (id: SessionId | 'current') => `${api}/sign-in/sessions/${id}`,
  models: () => `${api}/models`,
  announcements: () => `${api}/settings/announcements`,
  modelCalls: () => `${api}/models/calls`,
} as const
