import { EventPage, EventQuery, formatCursor, parseCursor } from '../../../lib/contract/event.ts'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { cursorAfter, fitting } from '../../../lib/domain/event-page.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'

const mostEvents = 500
const pauses = { firstMs: 250, longestMs: 1_000 } as const

export const followEvents = waitingOperation({
  summary:
    'Read what happened in a project after a cursor, or in one of its generations, waiting up to `wait` seconds for something to happen',
  path: ProjectPath,
  query: EventQuery,
  may: ['project.read', inProject],
  answers: [200, EventPage],
  refuses: ['invalid_request'],
  async run({ path: { projectId }, query }, { within }) {
    const { after, wait, generation } = query
    const latest = after === 'latest' && (await within(({ events }) => events.beforeLatest(projectId)))
    const cursor = latest === false ? parseCursor(after) : { seq: latest, run: null }
    if (!cursor) return refuse('invalid_request', 'This `after` was not given by the API.')
    if (generation) {
      const found = await within(({ events }) => events.ofGeneration([projectId, generation], cursor, mostEvents))
      const events = fitting(found)
      return { events, next: formatCursor(cursorAfter(cursor, events, null)) }
    }
    const until = performance.now() + wait * 1_000
    for (let pause: number = pauses.firstMs; ; pause = Math.min(pause * 1.5, pauses.longestMs)) {
      const found = await within(({ events }) => events.after(projectId, cursor, mostEvents))
      const left = until - performance.now()
      if (found.events.length > 0 || left <= 0) {
        const events = fitting(found.events)
        const whole = events.length === found.events.length
        return { events, next: formatCursor(cursorAfter(cursor, events, whole ? found.upTo : null)) }
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(pause, left)))
    }
  },
})
