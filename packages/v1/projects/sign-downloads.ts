import { ProjectPath } from '../../../lib/contract/project.ts'
import { DownloadBatch, Downloads } from '../../../lib/contract/version.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'

const seconds = 900

export const signDownloads = operation({
  summary: 'Get addresses to read contents of this project from, by digest',
  path: ProjectPath,
  body: DownloadBatch,
  may: ['blob.read', inProject],
  answers: [200, Downloads],
  refuses: ['not_found'],
  async run({ path: { projectId }, body, principal }, { versions, objects }) {
    const digests = [...new Set(body.sha256)]
    // A run that goes on reads what its earlier attempt stored, before any version knows of it.
    const known = principal.kind === 'run' ? undefined : await versions.knownBlobs(projectId, digests)
    const missing = known && digests.find((sha256) => !known.has(sha256))
    if (missing) return refuse('not_found', `This project has no content with the digest ${missing}.`)
    const downloads = digests.map(async (sha256) => ({
      sha256,
      url: await objects.signGet(objectKeys.blob(projectId, sha256), {
        seconds,
        contentType: 'application/octet-stream',
      }),
    }))
    return { downloads: await Promise.all(downloads) }
  },
})
