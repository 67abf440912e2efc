import { api } from './api.ts'
import type { CallId, GenerationId, ImageId, MessageId, ProjectId, ShareId, UserId, VersionId } from './ids.ts'

/** By itself, so that a function that needs this one alone takes along none of the others. */
export const eventsPath = (id: ProjectId) => `${api}/projects/${id}/events`

/** Addresses of what a project holds: its runs, versions, sandbox, settings and guests. */
export const projectPaths = {
  generate: (id: ProjectId) => `${api}/projects/${id}/generate`,
  generations: (id: ProjectId) => `${api}/projects/${id}/generations`,
  generation: (id: ProjectId, gid: GenerationId) => `${api}/projects/${id}/generations/${gid}`,
  cancel: (id: ProjectId, gid: GenerationId) => `${api}/projects/${id}/generations/${gid}/cancel`,
  runEvents: (id: ProjectId, gid: GenerationId) => `${api}/runs/${id}/${gid}/events`,
  runEnd: (id: ProjectId, gid: GenerationId) => `${api}/runs/${id}/${gid}/end`,
  events: eventsPath,
  live: (id: ProjectId) => `${api}/projects/${id}/live`,
  sandbox: (id: ProjectId) => `${api}/projects/${id}/sandbox`,
  versions: (id: ProjectId) => `${api}/projects/${id}/versions`,
  currentVersion: (id: ProjectId) => `${api}/projects/${id}/versions/current`,
  uploads: (id: ProjectId) => `${api}/projects/${id}/versions/batch`,
  downloads: (id: ProjectId) => `${api}/projects/${id}/versions/downloads`,
  files: (id: ProjectId, vid: VersionId) => `${api}/projects/${id}/versions/${vid}/files`,
  file: (id: ProjectId, vid: VersionId, path: string) =>
    `${api}/projects/${id}/versions/${vid}/files/${path.split('/').map(encodeURIComponent).join('/')}`,
  diff: (id: ProjectId, a: VersionId, b: VersionId) => `${api}/projects/${id}/versions/${a}/diff/${b}`,
  version: (id: ProjectId, vid: VersionId) => `${api}/projects/${id}/versions/${vid}`,
  restore: (id: ProjectId, vid: VersionId) => `${api}/projects/${id}/versions/${vid}/restore`,
  quote: (id: ProjectId) => `${api}/conversations/${id}/quote`,
  queue: (id: ProjectId) => `${api}/conversations/${id}/queue`,
  queued: (id: ProjectId, mid: MessageId) => `${api}/conversations/${id}/queue/${mid}`,
  retry: (id: ProjectId) => `${api}/conversations/${id}/retry`,
  images: (id: ProjectId) => `${api}/conversations/${id}/images`,
  image: (id: ProjectId, iid: ImageId) => `${api}/conversations/${id}/images/${iid}`,
  imageChecked: (id: ProjectId, iid: ImageId) => `${api}/conversations/${id}/images/${iid}/checked`,
  improve: (id: ProjectId) => `${api}/conversations/${id}/improve`,
  recording: (id: ProjectId, gid: GenerationId) => `${api}/conversations/${id}/recordings/${gid}`,
  recorded: (id: ProjectId, gid: GenerationId) => `${api}/conversations/${id}/recordings/${gid}/addresses`,
  recordedCall: (id: ProjectId, gid: GenerationId, cid: CallId) =>
    `${api}/conversations/${id}/recordings/${gid}/calls/${cid}`,
  search: (id: ProjectId) => `${api}/code/${id}/search`,
  locks: (id: ProjectId) => `${api}/code/${id}/locks`,
  lock: (id: ProjectId, path: string) => `${api}/code/${id}/locks/${path.split('/').map(encodeURIComponent).join('/')}`,
  sandboxSettings: (id: ProjectId) => `${api}/workshop/${id}/sandbox`,
  sandboxRestart: (id: ProjectId) => `${api}/workshop/${id}/sandbox/restart`,
  projectUsage: (id: ProjectId) => `${api}/workshop/${id}/usage`,
  projectLimits: (id: ProjectId) => `${api}/workshop/${id}/limits`,
  members: (id: ProjectId) => `${api}/workshop/${id}/members`,
  projectPlace: (id: ProjectId) => `${api}/workshop/${id}/organization`,
  shares: (id: ProjectId) => `${api}/shares/${id}`,
  share: (id: ProjectId, sid: ShareId) => `${api}/shares/${id}/${sid}`,
  guests: (id: ProjectId) => `${api}/shares/${id}/guests`,
  guest: (id: ProjectId, uid: UserId) => `${api}/shares/${id}/guests/${uid}`,
  secrets: (id: ProjectId) => `${api}/workshop/${id}/secrets`,
  secret: (id: ProjectId, name: string) => `${api}/workshop/${id}/secrets/${encodeURIComponent(name)}`,
} as const
