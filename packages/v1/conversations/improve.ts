import { ConversationPath, Improved, ImproveQuery, ImproveRequest } from '../../../lib/contract/conversation.ts'
import { failures } from '../../../lib/contract/failures.ts'
import { newId } from '../../../lib/contract/ids.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { improverOf, mostImprovements, mostOfImprovement } from '../../../lib/domain/improvement.ts'
import { isScripted, mostOfCall, priceOf, unpriced } from '../../../lib/domain/prices.ts'
import { periodOf } from '../../../lib/domain/quota.ts'
import { screenText } from '../../../lib/domain/screening.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { Refusal, refuse, waitingOperation } from '../../../lib/entry/operation.ts'

const pauses = { firstMs: 200, longestMs: 800 } as const

export const improve = waitingOperation({
  summary: 'Put a prompt into better words by a small model; nothing is built, and the words are yours to send',
  path: ConversationPath,
  query: ImproveQuery,
  body: ImproveRequest,
  may: ['generation.start', inProject],
  rate: 'spend',
  answers: [200, Improved],
  refuses: ['invalid_request', 'payment_required', 'conflict', 'unavailable', 'switched_off'],
  async run({ path: { projectId }, query: { wait }, body, principal, standing, requestId }, { within, settings, now }) {
    const prompt = screenText(body.prompt).text.trim()
    if (prompt === '') return refuse('invalid_request', 'Say what to build.')
    const { organizationId, tier, limits } = standing
    const begun = await within(async ({ engines, improvements, jobs, audit, flags }) => {
      if (!(await flags.isOn('prompt-improvement', organizationId))) return refuse('switched_off')
      const earlier = await improvements.same({ projectId, requestedBy: personOf(principal), prompt })
      if (earlier) return earlier
      const id = newId('improvement')
      const engine = await engines.find(organizationId)
      const model = improverOf({ tier, engine, installed: settings.model.id })
      if (model === undefined) return refuse('invalid_request', 'Your organization allows no model.')
      const characters = prompt.length + mostOfImprovement.charactersBeside
      const most = mostOfCall(priceOf(model, now()) ?? unpriced, characters, mostOfImprovement.tokens)
      const made = await improvements.begin({
        ...{ id, projectId, organizationId, requestedBy: personOf(principal), prompt, model },
        ownKey: engine.ownModel !== null,
        mostMicros: Math.ceil(most.inputMicros + most.maxTokens * most.microsPerToken),
        mostPerMonth: mostImprovements(limits),
        period: periodOf(now()),
      })
      if (made === 'used_up') return refuse('payment_required', 'What may be spent this month is used up.')
      await jobs.enqueue({ kind: 'improve-prompt', projectId, payload: { improvementId: id } })
      await audit.record({ organizationId, principal, action: 'prompt.improve', subject: id, requestId })
      return id
    })
    if (begun instanceof Refusal) return begun
    const ended = await waitFor(wait, () => within(({ improvements }) => improvements.find(begun)))
    if (ended?.state === 'asked')
      return refuse('conflict', 'The better words are not there yet; try again in a moment.')
    if (ended?.state !== 'done' || ended.answer === null) {
      return refuse('unavailable', failures[ended?.failure ?? 'model_unavailable'][0])
    }
    const { answer, model, micros } = ended
    return { prompt: answer, model, micros, simulated: isScripted(model) }
  },
})

/** What came of it, or what is known when the time of a request is up. */
async function waitFor<Found extends { state: string }>(seconds: number, find: () => Promise<Found | undefined>) {
  const until = performance.now() + seconds * 1_000
  for (let pause: number = pauses.firstMs; ; pause = Math.min(pause * 1.5, pauses.longestMs)) {
    const found = await find()
    if (found?.state !== 'asked' || performance.now() > until) return found
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
