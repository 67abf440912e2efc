import type { Api, Problem } from '#lib/api.ts'
import { paths, type Project, type Version } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import type { Workbench } from '#lib/workbench.svelte.ts'

const longestName = 80

/** A new project that begins with the files of a version; this one stays as it is. */
export function branchOff(api: Api, bench: Workbench, version: Version): Promise<Project | Problem> {
  const name = m.versions_branch_name({ project: bench.project?.name ?? '', number: version.number })
  // Of somebody else's it is made one's own.
  const organizationId = bench.readOnly === 'viewer' ? undefined : bench.project?.organizationId
  const ask = {
    versionId: version.id,
    name: name.trim().slice(0, longestName),
    ...(organizationId && { organizationId }),
  }
  return api.send<Project>('POST', paths.remix(bench.id), ask)
}
