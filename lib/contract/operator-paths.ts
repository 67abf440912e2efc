import type { FlagName } from './flag.ts'
import type { AnnouncementId, GenerationId, OrganizationId, UserId } from './ids.ts'
import { api } from './api.ts'

/** Addresses of the API for who operates the installation. */
export const operatorPaths = {
  operated: (what: 'people' | 'organizations' | 'runs' | 'figures' | 'announcements' | 'flags') =>
    `${api}/operator/${what}`,
  operatedOrganization: (id: OrganizationId) => `${api}/operator/organizations/${id}`,
  grant: (id: OrganizationId) => `${api}/operator/organizations/${id}/grant`,
  suspension: (id: OrganizationId | UserId) =>
    `${api}/operator/${id.startsWith('usr_') ? 'people' : 'organizations'}/${id}/suspension`,
  stopRun: (id: GenerationId) => `${api}/operator/runs/${id}/stop`,
  flag: (name: FlagName) => `${api}/operator/flags/${name}`,
  flagException: (name: FlagName, id: OrganizationId) => `${api}/operator/flags/${name}/organizations/${id}`,
  operatedAnnouncement: (id: AnnouncementId) => `${api}/operator/announcements/${id}`,
} as const
