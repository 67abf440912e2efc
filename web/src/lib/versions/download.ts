import { Problem, type Api } from '#lib/api.ts'
import type { Version } from '#lib/contract.ts'
import type { Workbench } from '#lib/workbench.svelte.ts'

/** Hands the files of a version to the person, as one zip. */
export async function downloadVersion(api: Api, bench: Workbench, version: Version): Promise<Problem | undefined> {
  const [files, { handOver, zipOf }] = await Promise.all([
    bench.versions.files(version.id),
    import('#lib/code/zip/zip-download.ts'),
  ])
  if (files instanceof Problem) return files
  const zip = await zipOf(api, { project: bench.id, files, onprogress: () => {} })
  if (zip instanceof Problem) return zip
  handOver(zip, `${bench.project?.name ?? ''}-${version.number}`)
  return undefined
}
