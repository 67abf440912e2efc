import type { Happening } from '../contract/event.ts'
import type { Generation } from '../contract/generation.ts'

/** What the log says of a generation that has just ended. */
export function endingEvents({ id: generationId, cost, versionId, answer, failure }: Generation): Happening[] {
  const costed: Happening = { type: 'cost:updated', data: { generationId, cost } }
  if (failure) return [costed, { type: 'project:generation:failed', data: { generationId, failure, versionId, cost } }]
  const complete = { generationId, versionId, answer: answer ?? '', cost }
  return [costed, { type: 'project:generation:complete', data: complete }]
}
