import { ProjectPath } from '../../../lib/contract/project.ts'
import { UploadBatch, Uploads } from '../../../lib/contract/version.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'

const seconds = 900

export const announceFiles = operation({
  summary: 'Announce the files of a version to come and learn where to upload what is missing',
  path: ProjectPath,
  body: UploadBatch,
  may: ['version.save', inProject],
  answers: [200, Uploads],
  async run({ path: { projectId }, body }, { versions, objects }) {
    const digests = [...new Set(body.files.map(({ sha256 }) => sha256))]
    const known = await versions.knownBlobs(projectId, digests)
    const missing = digests.filter((sha256) => !known.has(sha256))
    const uploads = missing.map(async (sha256) => {
      const address = await objects.signPut(objectKeys.blob(projectId, sha256), { seconds, sha256 })
      return { sha256, ...address }
    })
    return { uploads: await Promise.all(uploads) }
  },
})
