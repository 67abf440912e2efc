import { Generation, NewGeneration } from '../../../lib/contract/generation.ts'
import { newId } from '../../../lib/contract/ids.ts'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { reservationFor } from '../../../lib/domain/quota.ts'
import { cleanText } from '../../../lib/domain/text.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const generate = operation({
  summary: 'Ask for something to be built or changed; follow it by `live` or `events`',
  path: ProjectPath,
  body: NewGeneration,
  may: ['generation.start', inProject],
  rate: 'spend',
  answers: [202, Generation],
  refuses: ['invalid_request', 'payment_required', 'generation_active', 'not_found'],
  async run(
    { path: { projectId }, body, principal, standing, requestId },
    { ledger, events, jobs, settings, now, audit },
  ) {
    const prompt = cleanText(body.prompt).trim()
    if (prompt === '') return refuse('invalid_request', 'Say what to build.')
    const { id: model, scripted } = settings.model
    if (body.model !== undefined && body.model !== model) {
      return refuse('invalid_request', `The model ${body.model} is not offered here.`)
    }
    const id = newId('generation')
    const made = await ledger.begin(
      { id, projectId, organizationId: standing.organizationId, requestedBy: personOf(principal), prompt, model },
      reservationFor(standing.tier, now()),
    )
    if (made === 'gone') return refuse('not_found')
    if (made === 'used_up') return refuse('payment_required', 'The generations of this month are used up.')
    if (made === 'active') return refuse('generation_active')
    await Promise.all([
      audit.record({
        organizationId: standing.organizationId,
        principal,
        action: 'generation.start',
        subject: id,
        requestId,
      }),
      events.append(projectId, {
        type: 'project:generation:start',
        data: { generationId: id, prompt, model, scripted },
      }),
      jobs.enqueue({
        kind: 'start-generation',
        projectId,
        payload: { generationId: id },
        key: `start-generation:${id}`,
      }),
    ])
    return made
  },
})
