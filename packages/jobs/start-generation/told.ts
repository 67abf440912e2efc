import type { JobDesk } from '../../../lib/context.ts'
import type { RunJob } from '../../../lib/contract/run.ts'
import { conversationBytes } from '../../../lib/domain/run.ts'
import type { ClaimedRun } from '../../../lib/store/runs.ts'

type Told = Pick<NonNullable<RunJob['generation']>, 'memory' | 'conversation' | 'rules' | 'secrets' | 'locked'>

/** What a run is told of all that was said before it, the rules of its organization, the names of its secrets, and what is locked. */
export function toldBefore(desk: JobDesk, { id, projectId, organizationId }: ClaimedRun): Promise<Told> {
  return desk.within(async ({ memories, generations, engines, secrets, runLocks }) => {
    const [memory, { rules }, kept, locked] = await Promise.all([
      memories.latest(projectId),
      engines.find(organizationId),
      secrets.list(projectId),
      runLocks.ofRun(id),
    ])
    const reach = { after: memory?.upTo ?? null, mostBytes: conversationBytes }
    const conversation = await generations.conversation(projectId, reach)
    const names = kept.map(({ name }) => name)
    return { memory: memory?.text ?? null, conversation, rules: rules || null, secrets: names, locked }
  })
}
