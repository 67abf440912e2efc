import { eventShapes, runMayWrite, type Event } from '../contract/event.ts'
import type { GenerationId } from '../contract/ids.ts'
import { firstEventOf, type RunEvents } from '../contract/run.ts'
import type * as z from 'zod/mini'
import { cleanJson } from './text.ts'

/** The events of a report in the form the log takes, in order; or what is wrong with them. A sandbox is not trusted. */
export function checkReport(
  { attempt, events }: z.output<typeof RunEvents>,
  generationId: GenerationId,
  now: Date,
): Event[] | string {
  const first = firstEventOf(attempt)
  const beyond = firstEventOf(attempt + 1)
  const checked: Event[] = []
  for (const { run, type, at, data } of events) {
    if (run?.id !== generationId || run.n < first || run.n >= beyond) return 'An event is not numbered by this attempt.'
    const shape = shapes.get(type)
    if (!shape) return `A run may not write ${type}.`
    const parsed = shape.safeParse(cleanJson(data))
    if (!parsed.success) return `A ${type} is not of its shape.`
    const { generationId: named } = parsed.data
    if (named !== undefined && named !== generationId) return 'An event names another generation.'
    const earliest = Math.min(Date.parse(at), now.getTime())
    checked.push({ seq: null, run, type, at: new Date(earliest).toISOString(), data: parsed.data })
  }
  const once = new Map(checked.map((event) => [event.run?.n, event]))
  return [...once.values()].sort((a, b) => (a.run?.n ?? 0) - (b.run?.n ?? 0))
}

const shapes = new Map<string, z.ZodMiniType<Record<string, unknown>>>(
  runMayWrite.map((type) => [type, eventShapes[type]]),
)
