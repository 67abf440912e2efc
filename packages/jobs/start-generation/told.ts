import type { JobDesk } from '../../../lib/context.ts'
import type { RunJob } from '../../../lib/contract/run.ts'
import { conversationBytes } from '../../../lib/domain/run.ts'
import type { ClaimedRun } from '../../../lib/store/runs.ts'

type Told = Pick<NonNullable<RunJob['generation']>, 'memory' | 'conversation' | 'rules'>

/** What a run is told of all that was said before it, and the rules that its organization sets. */
export function toldBefore(desk: JobDesk, { projectId, organizationId }: ClaimedRun): Promise<Told> {
  return desk.within(async ({ memories, generations, engines }) => {
    const [memory, { rules }] = await Promise.all([memories.latest(projectId), engines.find(organizationId)])
    const reach = { after: memory?.upTo ?? null, mostBytes: conversationBytes }
    const conversation = await generations.conversation(projectId, reach)
    return { memory: memory?.text ?? null, conversation, rules: rules || null }
  })
}
