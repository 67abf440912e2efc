import type { RelayDesk } from '../context.ts'
import type { ModelChunk } from '../contract/model.ts'
import { ownModelAbout } from '../domain/offer.ts'
import { isPassing } from '../ports/fault.ts'
import type { ModelUpstream } from '../ports/model-upstream.ts'
import type { OpenCall } from '../store/model-calls.ts'

/** Where a reply is asked for, by whose key, and what becomes of a key that is refused. */
export interface PayingUpstream extends ModelUpstream {
  /** Notes how the key was taken; answers the failure that the run ends with when it was not. */
  answered(status: number): Promise<ModelChunk['failure']>
  /** The same when there was no answer; true when asking again is of no use. */
  notReached(error: unknown): Promise<boolean>
}

/** The platform's model, or that of the run's organization; undefined when its key is gone. */
export async function upstreamOf(
  desk: RelayDesk,
  call: Pick<OpenCall, 'ownKey' | 'organizationId'>,
): Promise<PayingUpstream | undefined> {
  if (!call.ownKey) return { ask: desk.upstream.ask, answered: ofOurAccount, notReached: async () => false }
  const { organizationId } = call
  const own = await desk.within(({ ownModels }) => ownModels.find(organizationId))
  if (!own) return undefined
  const note = (problem: string | null) =>
    own.problem === problem
      ? Promise.resolve()
      : desk.within(({ ownModels }) => ownModels.noteProblem(organizationId, own.sealed, problem))
  const key = desk.seals.open(own.sealed, ownModelAbout(organizationId))
  return {
    ask: desk.ownUpstream({ key, url: own.url }).ask,
    async answered(status) {
      const refused = status === 401 || status === 403
      if (refused) await note(`The key was refused (${status}).`)
      if (status < 400) await note(null)
      return refused ? 'own_key_refused' : undefined
    },
    async notReached(error) {
      const final = !isPassing(error)
      await note(final ? 'The address is not one that we may reach.' : 'The address did not answer.')
      return final
    },
  }
}

/** Key, bill and rights of our own account: nothing a person could do about, and no budget of theirs. */
const ours = new Set([401, 402, 403])
const ofOurAccount = async (status: number) => (ours.has(status) ? ('platform_fault' as const) : undefined)
