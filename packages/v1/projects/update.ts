import { Project, ProjectChange, ProjectPath } from '../../../lib/contract/project.ts'
import type { RecordedAction } from '../../../lib/contract/recorded-actions.ts'
import { objectionToModels } from '../../../lib/domain/offer.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { pictured } from '../../../lib/work/project-pictures.ts'
import { putToSleep } from '../../../lib/work/put-to-sleep.ts'

export const updateProject = operation({
  summary: 'Change how a project is called, looks and is kept, and who may see it',
  path: ProjectPath,
  body: ProjectChange,
  may: ['project.update', inProject],
  answers: [200, Project],
  refuses: ['invalid_request', 'not_found', 'generation_active'],
  async run({ path: { projectId }, body, principal, standing, requestId }, { projects, objects, audit, ...desk }) {
    const { organizationId, tier } = standing
    if (body.defaultModel) {
      const engine = { ...(await desk.engines.find(organizationId)), defaultModel: body.defaultModel }
      const objection = objectionToModels({ tier, engine, installed: desk.settings.model.id })
      if (objection) return refuse('invalid_request', objection)
    }
    const project = await projects.change(projectId, body)
    if (!project) {
      const running = body.archived && (await projects.find(projectId))?.activeGenerationId
      return running ? refuse('generation_active', 'Stop the run, then archive the project.') : refuse('not_found')
    }
    const deeds = deedsOf(body).map((action) =>
      audit.record({ organizationId, principal, action, subject: projectId, requestId }),
    )
    await Promise.all([...deeds, body.archived && putToSleep(desk, projectId)])
    return pictured(objects, project)
  },
})

/** What of the change is worth a record of its own. */
function deedsOf({ archived, visibility, defaultModel, ...rest }: ProjectChange): RecordedAction[] {
  return [
    ...(archived === undefined ? [] : [archived ? ('project.archive' as const) : ('project.unarchive' as const)]),
    ...(visibility === undefined ? [] : [`project.visibility.${visibility}` as const]),
    ...(defaultModel === undefined ? [] : [`project.model.${defaultModel ?? 'usual'}` as const]),
    ...(Object.keys(rest).length > 0 ? ['project.update' as const] : []),
  ]
}
