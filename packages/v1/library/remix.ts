import { newId } from '../../../lib/contract/ids.ts'
import { NewRemix, Project, ProjectPath } from '../../../lib/contract/project.ts'
import { decide, personOf } from '../../../lib/domain/access.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { pictured } from '../../../lib/work/project-pictures.ts'
import { copyVersion, lackOfRoom, remixSource } from '../../../lib/work/remix.ts'
import { tooMuch } from '../../../lib/work/unfit.ts'

/** Its files come along; history, conversation and secrets do not. Asked twice, it is made twice. */
export const remixProject = waitingOperation({
  summary: 'Make a new project with the files of a version of this one',
  path: ProjectPath,
  body: NewRemix,
  may: ['project.read', inProject],
  rate: 'spend',
  answers: [201, Project],
  refuses: ['not_found', 'forbidden', 'conflict', 'payment_required'],
  async run({ path: { projectId }, body, principal, requestId }, { within, objects }) {
    const { standing, source } = await within(async (stores) => ({
      standing: await stores.standings.inOrganization(principal, body.organizationId),
      source: await remixSource(stores, projectId, body.versionId),
    }))
    const verdict = decide(principal, 'project.create', standing)
    if (!standing || verdict === 'hidden' || !source) return refuse('not_found')
    if (verdict !== 'allowed') return refuse('forbidden')
    const { project, version } = source
    if (!version) return refuse('conflict', 'There is nothing in this project yet that could be copied.')

    const { organizationId } = standing
    const most = standing.limits.storageBytesPerProject
    const lack = await lackOfRoom(objects, source, most)
    if (lack) return refuse('payment_required', tooMuch(lack))

    const { template, icon } = project
    const id = newId('project')
    const made = { id, organizationId, createdBy: personOf(principal), name: body.name ?? project.name }
    await within(({ remixes }) =>
      remixes.begin({ ...made, template, visibility: 'private', icon, remixedFrom: projectId }),
    )
    const copied = await copyVersion(objects, { source, to: id, most })
    const remixed = await within(async (stores) => {
      const row = await copied.settle(stores, principal)
      await stores.remixes.count(projectId)
      await stores.audit.record({ organizationId, principal, action: 'project.remix', subject: id, requestId })
      return row
    })
    return pictured(objects, remixed)
  },
})
