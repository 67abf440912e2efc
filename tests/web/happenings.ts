import type { Event, Generation } from '../../web/src/lib/contract.ts'
import { emptyTimeline, type Timeline } from '../../web/src/lib/timeline/timeline-shapes.ts'
import { fold } from '../../web/src/lib/timeline/timeline.ts'

export const id = 'gen_0123456789abcdefghjk'
export const version = 'ver_0123456789abcdefghjk'
export const at = '2026-11-22T10:00:00.000Z'
export const cost = { currency: 'USD', micros: 38_200, atMostMicros: 500_000, simulated: true } as const

/** An event of the project's log about the one generation of these tests. */
export const logged = (seq: number, type: string, data: object): Event => ({
  seq,
  run: null,
  type,
  at,
  data: { generationId: id, ...data },
})
/** An event that comes straight from the run. */
export const told = (n: number, type: string, data: object): Event => ({
  seq: null,
  run: { id, n },
  type,
  at,
  data: { generationId: id, ...data },
})
export const progress = (n: number, progress: object) => told(n, 'project:generation:progress', { progress })
export const start = logged(1, 'project:generation:start', {
  prompt: 'A habit tracker',
  model: 'scripted-1',
  scripted: true,
})
export const foldAll = (events: readonly Event[]): Timeline => events.reduce(fold, emptyTimeline)

export const generation: Generation = {
  id,
  projectId: 'prj_0123456789abcdefghjk',
  state: 'running',
  prompt: 'A habit tracker',
  answer: null,
  model: 'scripted-1',
  scripted: true,
  cost,
  attempt: 1,
  failure: null,
  mode: 'build',
  attachments: [],
  question: null,
  diagnosis: null,
  context: null,
  returnedMicros: 0,
  place: null,
  retryOf: null,
  superseded: false,
  ownKey: false,
  number: 1,
  steps: null,
  baseVersionId: null,
  versionId: null,
  createdAt: at,
  startedAt: at,
  endedAt: null,
}
