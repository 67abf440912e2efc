import type { WorkerStores } from '../store/worker-stores.ts'

/** Further back it does not matter to anybody whether it is one place more or less. */
const mostTold = 20

/** Starts those whose turn it is, and tells the first of the others where they stand. Answers how many are to start. */
export async function moveLine(
  { runs, jobs, events }: Pick<WorkerStores, 'runs' | 'jobs' | 'events'>,
  mostAtOnce: number,
): Promise<number> {
  const { moved, due } = await runs.lineUp(mostAtOnce)
  const starts = due.map(({ id, projectId }) =>
    jobs.enqueue({
      kind: 'start-generation',
      projectId,
      payload: { generationId: id },
      key: `start-generation:${id}`,
    }),
  )
  const told = moved
    .filter(({ place }) => place < mostTold)
    .map(({ id: generationId, projectId, place }) =>
      events.append(projectId, { type: 'project:generation:waiting', data: { generationId, place } }),
    )
  await Promise.all([...starts, ...told])
  return due.length
}
