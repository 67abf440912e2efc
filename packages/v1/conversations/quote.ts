import { ConversationPath, Quote, QuoteRequest } from '../../../lib/contract/conversation.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { windowOf } from '../../../lib/domain/catalogue.ts'
import { choose } from '../../../lib/domain/offer.ts'
import { isScripted } from '../../../lib/domain/prices.ts'
import { inProjectWithEngine } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { offerOf } from '../../../lib/work/offer.ts'

export const quote = waitingOperation({
  summary: 'Read what a run would cost: as much as this is set aside when it starts, and it stops there',
  path: ConversationPath,
  body: QuoteRequest,
  may: ['generation.start', inProjectWithEngine],
  answers: [200, Quote],
  refuses: ['invalid_request'],
  async run({ path: { projectId }, body, principal, standing }, desk) {
    const { tier, engine } = standing
    if (!engine) throw new Error('the engine of the organization was not read')
    const choice = choose({ ...body, mayFallBack: false }, { tier, engine, installed: desk.settings.model.id })
    if (typeof choice === 'string') return refuse('invalid_request', choice)
    const { model, ownKey } = choice
    const wanted = {
      projectId,
      standing,
      person: personOf(principal),
      model,
      ownKey,
      body,
      before: body.retryOf ?? null,
    }
    const { at, messages } = await desk.within((stores) => offerOf({ ...stores, now: desk.now }, wanted))
    const counted = ownKey ? undefined : await desk.tokens?.count({ model, messages })
    return {
      currency: 'USD' as const,
      ...at(counted),
      simulated: isScripted(model),
      model,
      window: windowOf(model),
    }
  },
})
