import { ConversationPath, Retry } from '../../../lib/contract/conversation.ts'
import { StartedGeneration } from '../../../lib/contract/generation.ts'
import type { Version } from '../../../lib/contract/version.ts'
import { screenText } from '../../../lib/domain/screening.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import type { Stores } from '../../../lib/store/stores.ts'
import { beginGeneration } from '../../../lib/work/begin-generation.ts'
import { prepareRestore } from '../../../lib/work/restore.ts'
import { goBack } from './go-back.ts'

export const retry = waitingOperation({
  summary:
    'Go back to before an earlier request, code and conversation alike, and ask it again or something else instead',
  path: ConversationPath,
  body: Retry,
  may: ['generation.start', inProject],
  rate: 'spend',
  answers: [202, StartedGeneration],
  refuses: [
    ...(['invalid_request', 'payment_required', 'too_many_sandboxes', 'generation_active'] as const),
    ...(['conflict', 'not_found', 'version_outdated'] as const),
  ],
  async run({ path: { projectId }, body, principal, standing, requestId }, desk) {
    const { generationId } = body
    const { asked, old, instead } = await desk.within(async ({ secondTries, versions, generations }) => {
      const asked = await secondTries.asked(projectId, generationId)
      const old = asked?.baseVersionId ? await versions.find(projectId, asked.baseVersionId) : undefined
      const instead = asked?.superseded ? await secondTries.insteadOf(projectId, generationId) : undefined
      return { asked, old, instead: instead && (await generations.find(projectId, instead.id)) }
    })
    if (!asked) return refuse('not_found')
    const prompt = body.prompt ?? asked.prompt
    // Asked again: the answer got lost.
    if (instead && instead.prompt === screenText(prompt).text.trim()) return { ...instead, masked: [] }

    const restoring = old && (await prepareRestore(desk.objects, old))
    return desk.within(async (stores) => {
      const back = await goBack(stores, { projectId, generationId, restoring, principal })
      if (typeof back === 'string') return refuse(back)
      const { mode, model, attachments, mayFallBack } = asked
      const begun = await beginGeneration(
        { ...desk, ...stores },
        {
          ...{ projectId, principal, standing, requestId, retryOf: generationId },
          wish: { prompt, mode, model, attachments, mayFallBack, atMostMicros: body.atMostMicros },
        },
      )
      if ('objection' in begun) return refuse(begun.objection, begun.detail, begun.headers)
      if (back) await sayRestored(stores, back)
      const { organizationId } = standing
      const action = 'generation.retry'
      const deed = { organizationId, principal, action, subject: generationId, requestId } as const
      await stores.audit.record(deed)
      return begun
    })
  },
})

/** After all locks. The run that begins now brings the sandbox to it. */
const sayRestored = ({ events }: Stores, { id: versionId, projectId, number, message }: Version): Promise<void> =>
  events.append(projectId, { type: 'version:created', data: { versionId, number, message } })
