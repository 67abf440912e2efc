import type { ProjectId, VersionId } from '../contract/ids.ts'
import type { Sandbox, SandboxResources } from '../contract/sandbox.ts'

/** What is known of a project's sandbox. */
export interface KnownSandbox {
  projectId: ProjectId
  providerId: string | null
  state: Sandbox['state']
  problem: string | null
  resources: SandboxResources | null
  versionId: VersionId | null
  previewUrl: string | null
  liveUrl: string | null
  urlsExpireAt: Date | null
  updatedAt: Date
  /** It cannot reach the API: its mail is fetched. */
  byMail: boolean
}

/** The sandbox as people see it; the preview only while its address is good. */
export function toSandbox(known: KnownSandbox | undefined, now: Date): Sandbox {
  if (!known)
    return { state: 'absent', resources: null, preview: null, versionId: null, problem: null, updatedAt: null }
  return {
    state: known.state,
    resources: known.resources,
    preview: openAddress(known, known.previewUrl, now),
    versionId: known.versionId,
    problem: known.problem,
    updatedAt: known.updatedAt.toISOString(),
  }
}

/** An address of a started sandbox with its end, or null when it is not to be used (any more). */
export function openAddress(
  known: KnownSandbox,
  url: string | null,
  now: Date,
): { url: string; expiresAt: string } | null {
  if (known.state !== 'started' || !url || !known.urlsExpireAt || known.urlsExpireAt <= now) return null
  return { url, expiresAt: known.urlsExpireAt.toISOString() }
}
