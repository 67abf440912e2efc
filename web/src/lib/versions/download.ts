import { Problem, type Api } from '#lib/api.ts'
import type { Version } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import type { Workbench } from '#lib/workbench.svelte.ts'

interface Wanted {
  version: Pick<Version, 'id' | 'number'>
  onprogress?: (done: number, of: number) => void
}

/** Hands the files of a version to the person, as one zip. */
export async function downloadVersion(api: Api, bench: Workbench, wanted: Wanted): Promise<Problem | undefined> {
  const { version, onprogress = () => {} } = wanted
  const [files, zipping] = await Promise.all([
    bench.versions.files(version.id),
    import('#lib/code/zip/zip-download.ts').catch(() => null),
  ])
  if (files instanceof Problem) return files
  if (!zipping) return new Problem('unreachable', m.code_zip_failed(), m.code_try_later())
  const zip = await zipping.zipOf(api, { project: bench.id, files, onprogress })
  if (zip instanceof Problem) return zip
  zipping.handOver(zip, `${bench.project?.name ?? ''}-${version.number}`)
  return undefined
}
