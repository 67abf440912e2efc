import type { GenerationId, ProjectId, VersionId } from './ids.ts'

const api = '/api/v1'

/** Every address of the API, for the site, the terminal and the runner alike. */
export const paths = {
  health: () => `${api}/health`,
  settings: () => `${api}/settings`,
  user: () => `${api}/user`,
  usage: () => `${api}/user/usage`,
  billing: () => `${api}/user/billing`,
  projects: () => `${api}/projects`,
  project: (id: ProjectId) => `${api}/projects/${id}`,
  generate: (id: ProjectId) => `${api}/projects/${id}/generate`,
  generations: (id: ProjectId) => `${api}/projects/${id}/generations`,
  generation: (id: ProjectId, gid: GenerationId) => `${api}/projects/${id}/generations/${gid}`,
  cancel: (id: ProjectId, gid: GenerationId) => `${api}/projects/${id}/generations/${gid}/cancel`,
  runEvents: (id: ProjectId, gid: GenerationId) => `${api}/projects/${id}/generations/${gid}/events`,
  runEnd: (id: ProjectId, gid: GenerationId) => `${api}/projects/${id}/generations/${gid}/end`,
  events: (id: ProjectId) => `${api}/projects/${id}/events`,
  live: (id: ProjectId) => `${api}/projects/${id}/live`,
  sandbox: (id: ProjectId) => `${api}/projects/${id}/sandbox`,
  versions: (id: ProjectId) => `${api}/projects/${id}/versions`,
  uploads: (id: ProjectId) => `${api}/projects/${id}/versions/batch`,
  downloads: (id: ProjectId) => `${api}/projects/${id}/versions/downloads`,
  files: (id: ProjectId, vid: VersionId) => `${api}/projects/${id}/versions/${vid}/files`,
  file: (id: ProjectId, vid: VersionId, path: string) =>
    `${api}/projects/${id}/versions/${vid}/files/${path.split('/').map(encodeURIComponent).join('/')}`,
  diff: (id: ProjectId, a: VersionId, b: VersionId) => `${api}/projects/${id}/versions/${a}/diff/${b}`,
  restore: (id: ProjectId, vid: VersionId) => `${api}/projects/${id}/versions/${vid}/restore`,
  modelCalls: () => `${api}/models/calls`,
} as const
