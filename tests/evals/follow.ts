import { setTimeout as sleep } from 'node:timers/promises'
import type { Event, EventPage } from '../../lib/contract/event.ts'
import type { Generation } from '../../lib/contract/generation.ts'
import type { GenerationId, ProjectId } from '../../lib/contract/ids.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Caller } from '../stack/open-stack.ts'

/** The log of a project, read as it grows. */
export interface Follower {
  events: Event[]
  /** Reads on until the run has ended; undefined when it has not after so many seconds. */
  toEnd(id: GenerationId, seconds: number): Promise<Generation | undefined>
}

const endings = new Set(['complete', 'failed', 'cancelled'].map((how) => `project:generation:${how}`))

export function follow(person: Caller, project: ProjectId): Follower {
  const events: Event[] = []
  let after = '0'

  /** What was said since, waiting for it if need be; too many questions in a minute are asked again later. */
  async function read(): Promise<Event[]> {
    const { status, body } = await person.get<EventPage>(`${projectPaths.events(project)}?after=${after}&wait=15`)
    if (status !== 200) {
      await sleep(2_000)
      return []
    }
    after = body.next
    events.push(...body.events)
    return body.events
  }

  return {
    events,
    async toEnd(id, seconds) {
      const deadline = Date.now() + seconds * 1_000
      while (Date.now() < deadline) {
        const said = await read()
        const ended = said.some(({ type, data }) => endings.has(type) && data['generationId'] === id)
        if (ended) return (await person.get<Generation>(projectPaths.generation(project, id))).body
      }
      return undefined
    },
  }
}
