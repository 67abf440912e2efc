import { SandboxChoice, SandboxSettings, WorkshopPath } from '../../../lib/contract/workshop.ts'
import { objectionToChoice } from '../../../lib/domain/sandbox-choice.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { settingsOf } from './settings-of.ts'

export const changeSandboxSettings = operation({
  summary: 'Choose size, timer and network of a project’s sandbox; they hold from its next start',
  path: WorkshopPath,
  body: SandboxChoice,
  may: ['sandbox.control', inProject],
  answers: [200, SandboxSettings],
  refuses: ['invalid_request'],
  async run({ path: { projectId }, body, principal, standing, requestId }, stores) {
    const { organizationId, limits } = standing
    const objection = objectionToChoice(body, limits)
    if (objection) return refuse('invalid_request', objection)
    await Promise.all([
      stores.workshop.choose(projectId, body),
      stores.audit.record({ organizationId, principal, action: 'sandbox.settings', subject: projectId, requestId }),
    ])
    return settingsOf(stores, { projectId, limits })
  },
})
