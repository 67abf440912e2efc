import type { Generation } from '../contract/generation.ts'
import { endingEvents } from '../domain/run-ending.ts'
import type { Ending } from '../store/ledger.ts'
import type { Stores } from '../store/stores.ts'
import { pauseQueue, wakeQueue } from './queue.ts'

export type EndDesk = Pick<Stores, 'ledger' | 'events' | 'queue' | 'jobs'>

/**
 * Ends a generation, says so in the log, and lets what waits behind it start, or says why it does not. Undefined when it
 * had ended already. The one place where generations end, but for those of a project that is being deleted.
 */
export async function endGeneration(desk: EndDesk, ending: Ending): Promise<Generation | undefined> {
  const ended = await desk.ledger.end(ending)
  if (!ended) return undefined
  const { projectId } = ending
  const paused = reasonToPause(ended)
  const [, waiting] = await Promise.all([
    desk.events.append(projectId, ...endingEvents(ended)),
    pauseQueue(desk, projectId, paused),
    desk.jobs.startNext(),
  ])
  if (paused === null && waiting > 0) await wakeQueue(desk, projectId)
  return ended
}

function reasonToPause({ state, question }: Generation): string | null {
  if (state === 'cancelled') return 'The run before was stopped.'
  if (state === 'failed') return 'The run before failed.'
  return question ? 'A question waits for your answer.' : null
}
