import type { Happening } from '../contract/event.ts'
import type { Generation } from '../contract/generation.ts'

/** What the log says of a generation that has just ended. */
export function endingEvents(generation: Generation): Happening[] {
  const {
    id: generationId,
    state,
    cost,
    context,
    versionId,
    answer,
    failure,
    question,
    diagnosis,
    returnedMicros,
  } = generation
  if (state === 'cancelled') return [{ type: 'project:generation:cancelled', data: { generationId, cost, failure } }]
  const costed: Happening = { type: 'cost:updated', data: { generationId, cost, context } }
  if (failure) {
    const failed = { generationId, failure, versionId, cost, diagnosis, returnedMicros }
    return [costed, { type: 'project:generation:failed', data: failed }]
  }
  const complete = { generationId, versionId, answer: answer ?? '', cost, question }
  return [costed, { type: 'project:generation:complete', data: complete }]
}
