import { Version, VersionName, VersionPath } from '../../../lib/contract/version.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { withPicture } from '../../../lib/work/pictures.ts'

export const nameVersion = operation({
  summary: 'Give a version a name, or take it away',
  path: VersionPath,
  body: VersionName,
  may: ['version.name', inProject],
  answers: [200, Version],
  refuses: ['not_found'],
  async run({ path: { projectId, versionId }, body, principal, standing, requestId }, { versions, audit, objects }) {
    const { organizationId } = standing
    const version = await versions.rename(projectId, versionId, body.name)
    if (!version) return refuse('not_found')
    await audit.record({ organizationId, principal, action: 'version.name', subject: versionId, requestId })
    return withPicture(objects, version)
  },
})
