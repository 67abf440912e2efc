import { NewGeneration, StartedGeneration } from '../../../lib/contract/generation.ts'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { inProjectWithEngine } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { beginGeneration } from '../../../lib/work/begin-generation.ts'

export const generate = operation({
  summary: 'Ask for something to be built or changed; follow it by `live` or `events`',
  path: ProjectPath,
  body: NewGeneration,
  may: ['generation.start', inProjectWithEngine],
  rate: 'spend',
  answers: [202, StartedGeneration],
  refuses: ['invalid_request', 'payment_required', 'too_many_sandboxes', 'generation_active', 'not_found'],
  async run({ path: { projectId }, body, principal, standing, requestId }, desk) {
    const begun = await beginGeneration(desk, { projectId, wish: body, principal, standing, requestId })
    return 'objection' in begun ? refuse(begun.objection, begun.detail, begun.headers) : begun
  },
})
